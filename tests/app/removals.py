"""A roadmap that was pushed, beside something of the person's own, to be taken back."""

from sync.targets.memory import Thing
from tests.desk import Desk
from tests.pushes import World

BRAMBLES = "phased/2026-03-03/cut-the-brambles"
DENTIST = Thing("dentist", {"title": "Dentist", "start": "", "end": "", "repeat": "", "notes": ""})


def pushed_beside_a_dentist(garden: Desk, world: World) -> Desk:
    world.services["memory"].things["dentist"] = DENTIST
    garden.run("push", "--yes", "--all")
    return garden
