"use strict";

// Ticks do not move the page: the form is sent aside and the new page takes the old one's place.
async function show(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("main").replaceWith(fresh.querySelector("main"));
  document.body.dataset.pulse = fresh.body.dataset.pulse;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if ("quiet" in form.dataset) {
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(show);
  } else if (form.classList.contains("delete") && !confirm(`${event.submitter.textContent}?`)) {
    event.preventDefault();
  }
});

const wholeDay = document.querySelector("[name=all_day]");
if (wholeDay) {
  const follow = () => wholeDay.form.classList.toggle("whole-day", wholeDay.checked);
  wholeDay.addEventListener("change", follow);
  follow();
} else if (!document.querySelector("form.sheet")) {
  // What is pushed appears by itself, but never under the hands of somebody who fills in a sheet.
  setInterval(async () => {
    const pulse = await fetch("/phone/pulse").then((answer) => answer.json()).catch(() => null);
    if (pulse !== null && pulse !== document.body.dataset.pulse) {
      await fetch(location.href).then(show);
    }
  }, 2000);
}
