"""Which signs people really put into their plans: what a lost byte may be completed to."""

FAMILIAR = frozenset(
    "✅❌✔✖✓✗☐☑⚠⚡⭐✨❗❓❤➡⬅⬆⬇←→↑↓↔⇐⇒↩⏰⏱⏳⌛●○★☆▶∞≠≤≥≈➕➖⁄™…\u20e3"
    "📅🗓📌📍📝📚📖📊📈📋📁📂📦🔥🚀🎯🏆🎉🧠💪💡🔒🔐🔑🔍🔎🔁🔄🔗💻📱🎓🏁🏅🥇🌟🌍🌐🌱🌞💰💼💎"
    "🙏👉👇👍👏👀🤝🙌😊🚨🚫⛔🛑🔔🛠🏗🏛🗂🧪🧩🧱🐍🐳🐛🎨🧭🏠🎬🎮🎧🏃🏋🏢🍀👨👩🔴🟢🟡🔵"
)
"""Signs seen in plans everywhere."""

KNOWN = frozenset(
    "☀☁☎☝✍✏✉✂✈⏩⏪⏭⏯⏸⏹⏺⏲❎❕❔❣❄⏎⌨⌚◀◎═∏"
    "📞📏📐📄📃📎🗒🗝🗑🗞📢📣📬📺🎵🎶🎁🎈🎊🎀🎸🎹🎻🎲🎭🎪🎟🎫🎞🎙🎛🎤🎥🏖🏝🏜🏔🏕🏞🏡🏫🏪🏥🏦🏭🏰🏷"
    "🏊🏄🚴🏍🏎🏐🏀🏈🏉🏌🏏🏓🏸🏹🍎🍏🍕🍔🍞🍫🍩🍪🍰🍷🍺🍻🍽🍳🍯🍁🌸🌙🌈🌊🌲🌎🌏🌃🐝🐞🐢🐙🐶🐱🐼🐧🐎🐕"
    "🐘🐟🐌🐠🐐🐑🐯🐻😀😁😂😃😄😅😍😎😏😐😝😞😢😭😴😉😌🙁🙂🙃🙄🤔🤗🤓🤖🤞🤍🥳🥰🧐🧘🧑👌👋👎👐👁👑👤👥"
    "💍💐💝💞💔💙💚💛💜💬💭💯💸💵💹🔊🔋🔌🔝🔞🔨🔧🕐🕑🕒🚧🚗🛏🛍🛎🛡🛒🥗🥞"
)
"""Signs that occur; they count only where no familiar one fits."""

STYLED = frozenset("☀☁☎☝✍✏✉✂✈✔✖☑⚠❤❣❄❗❓➡⬅⬆⬇↩↔⏭⏯⏱⏲⏳⏰⏸⏹⏺⌨⌚◀▶⭐🏗🏛🏖🏝🏜🏔🏕🏞🏷🏋🏌🏍🏎🎙🎛🎞🎟🗓🗂🗒🗝🗑🗞🛠🛏🛍🛎🛡🍽👁")
"""Signs after which keyboards put U+FE0F, the wish for a picture."""

HANDS = frozenset(
    "☝✊✋✌✍👂👆👇👈👉👊👋👌👍👎👏👐👦👧👨👩👮👱👴👵👶👷💁💃💅💇💪🕵🖐🙅🙆🙇🙋🙌🙎🙏🤘🤙🤚🤛🤜🤝🤞🤟🤦🤷🧑🏃🏄🏊🏋🚴🚶🧘"
)
"""What a skin tone follows."""

LETTERS = "ÁÍÝØÈÏÞÐàŞŁŘŃŐňōŏčăāďĞĘĐƏȘНИАОЁсяушэюΝΘΈΏΎΞσρύώψΐאםמوكفọờềỏỘộﬁ」』、【！０／"
"""Letters and marks of text by how likely they are; the first that fits its neighbours is taken."""

LAST_LETTERS = "яם"
"""Letters that are likelier than those before them at the end of a word."""

ROWS = "●═"
"""Signs that stand in rows."""

UNKNOWN_LETTER = "〓"
"""The printers' sign for a character that could not be set."""
