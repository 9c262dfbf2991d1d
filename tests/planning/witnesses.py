"""Small witnesses for the tests of planning."""

from collections.abc import Sequence

from sync.planning.comparing import make_plan
from sync.planning.decisions import Rules
from sync.planning.plans import Known, Plan, Provenance
from sync.planning.scopes import Scope
from sync.planning.witnesses import Binding, Draft
from sync.remote import Marker, Reading, Remote, imprint

PLAN = Scope("plan")


def draft(name: str, title: str = "", phase: str | None = "plan/one") -> Draft:
    fields = {"title": title or name}
    return Draft(f"plan/{name}", name, name.title(), phase, fields, imprint(fields), past=False, done=False)


def remote(name: str, title: str = "", *, ident: str = "", base: str = "") -> Remote:
    marker = Marker(f"plan/{name}", 1, imprint({"title": base or title or name}))
    return Remote(ident or f"id-{name}", marker, {"title": title or name})


def bound(name: str, phase: str | None = "plan/one", *, live: bool = True, title: str = "") -> Binding:
    return Binding(
        f"plan/{name}",
        "plan",
        phase,
        name.title(),
        f"id-{name}",
        1,
        imprint({"title": title or name}),
        live=live,
    )


def known(*bindings: Binding, **more: object) -> Known:
    return Known({binding.key: binding for binding in bindings}, **more)  # type: ignore[arg-type]  # shorthand


def reading(*items: Remote, removed: Sequence[str] = (), revision: int = 0) -> Reading:
    return Reading(items, {f"plan/{name}": revision for name in removed})


def plan(
    wanted: Sequence[Draft],
    there: Reading,
    memory: Known,
    scope: Scope = PLAN,
    rules: Rules | None = None,
    provenance: Provenance | None = None,
) -> Plan:
    return make_plan("memory", scope, wanted, there, memory, rules=rules or Rules(), provenance=provenance)
