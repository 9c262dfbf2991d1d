"""What repairing text costs beside parsing it: `python -m benchmarks.repair` prints the ratios.

The floor is markdown-it-py's parse of the same text, measured in the same run and in turns with the
repair. Clean text may cost 0.05 of it.
"""

import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from sync.reading.decoding import split_lines
from sync.reading.repair import repair

ROUNDS = 3
MEGABYTE = 1_000_000
ENGLISH = (
    "## 📅 Week 3 — practise “out loud”\n\n- [ ] Don’t skip the warm-up → 20 min ❌\n- [ ] Write it down\n\n"
)
CLEAN = {
    "ascii": "## Week 3\n\n- [ ] Read chapter 4, 20 min\n- [ ] Write it down\n\n",
    "english": ENGLISH,
    "french": "## Semaine 3 — l’été\n\n- [ ] « Réviser » à l’école… où ça\xa0?\n- [ ] Écrire\n\n",
    "ukrainian": "## Тиждень 3 — «Весна»\n\n- [ ] Він її бачив, з’їв і відійшов\n- [ ] Записати\n\n",
    "turkish": "## 3. hafta — “Bahar”\n\n- [ ] Öğren, çalış; hâlâ… İstanbul’da\n- [ ] Yaz\n\n",
    "chinese": "## 第三周——“春天”\n\n- [ ] 学习基础，每天２小时……\n- [ ] 写下来\n\n",
}
DAMAGED = {
    "mac-roman, exact": ENGLISH.encode().decode("mac_roman"),
    "windows-1254, bytes lost": ENGLISH.encode().decode("cp1254", "ignore"),
}


def rows() -> list[tuple[str, float]]:
    """Measure each text of 1 MB: its name and the time of its repair as a share of its parse."""
    texts = {f"clean {name}": text for name, text in CLEAN.items()}
    texts |= {f"damaged {name}": text for name, text in DAMAGED.items()}
    return [(name, _share(text * (MEGABYTE // len(text.encode()) + 1))) for name, text in texts.items()]


def _share(text: str) -> float:
    lines = split_lines(text)
    parser = MarkdownIt("commonmark").enable("table")
    repairing, parsing = [], []
    for _ in range(ROUNDS):
        repairing.append(_seconds(lambda: repair(lines)))
        parsing.append(_seconds(lambda: parser.parse(text)))
    return min(repairing) / min(parsing)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    print("repair of 1 MB, as a share of markdown-it-py's parse of it")
    for name, share in rows():
        print(f"  {name:28} {share:6.3f}")


if __name__ == "__main__":
    main()
