"""Writing: what needs no request, what must be made first, and then the writes in batches."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from sync.errors import ItemChanged, ItemVanished, TargetError, TargetRefused
from sync.remote import Answered, Event, Failed, Intent, Landed, Op, Sending
from sync.targets.todoist import commands
from sync.targets.todoist.commands import Batch
from sync.targets.todoist.layout import Allotment, Layout
from sync.targets.todoist.limits import Limits, Objection
from sync.targets.todoist.mirror import Mirror
from sync.targets.todoist.payloads import Composer
from sync.targets.todoist.reading import Reader
from sync.targets.todoist.refusals import no_room, of_creation
from sync.targets.todoist.shelves import Shelves
from sync.targets.todoist.transport import Line

SLOW = 2
"""After so many lost answers in a row a request is made smaller: Todoist gives each 15 seconds."""


class Writer:
    """Writes to one account; remembers between two tries how large a request may be, and what was made."""

    def __init__(self, shelves: Shelves, home: tzinfo) -> None:
        self._shelves = shelves
        self._home = home
        self._most = commands.MOST_COMMANDS
        self._losses = 0
        self._ids: dict[str, str] = {}
        """Key to id of what was made since the last look."""

    def slow_down(self) -> None:
        """Note that an answer was lost."""
        self._losses += 1
        if self._losses >= SLOW:
            self._losses, self._most = 0, max(1, self._most // 2)

    # --- before anything is sent ---

    def settle(self, mirror: Mirror, intents: Sequence[Intent]) -> tuple[list[Landed | Failed], list[Intent]]:
        """Return what the mirror already answers, and what is left to be sent, tasks before their sub-tasks.

        Todoist overwrites what others changed in between; hence a changed task is answered here.
        """
        decided: list[Landed | Failed] = []
        left: list[Intent] = []
        for intent in intents:
            result = (
                None if intent.op is Op.CREATE or intent.payload is not None else self._known(mirror, intent)
            )
            if result is None:
                left.append(intent)
            else:
                decided.append(result)
        return decided, self._families(left)

    def _known(self, mirror: Mirror, intent: Intent) -> Landed | Failed | None:
        if intent.remote_id not in mirror.tasks:
            if intent.op is Op.DELETE:
                return Landed(intent.key, intent.remote_id)
            return Failed(
                intent.key, ItemVanished("The task is no longer there.", "Push again to see what is.")
            )
        there = mirror.remote(intent.remote_id, self._home)
        if intent.version in ("", there.version):
            return None
        return Failed(
            intent.key, ItemChanged("The task was changed in the meantime.", "Push again to merge.")
        )

    def _families(self, intents: Sequence[Intent]) -> list[Intent]:
        """Put each new task right before what is new below it, so that they share a request."""
        new = {intent.key for intent in intents if intent.op is Op.CREATE}
        below: dict[str | None, list[Intent]] = {}
        for intent in intents:
            above = self._shelves.above(intent.key) if intent.op is Op.CREATE else None
            below.setdefault(above if above in new else None, []).append(intent)
        return list(_descend(below, None))

    # --- sending ---

    def send(self, line: Line, mirror: Mirror, intents: Sequence[Intent], reader: Reader) -> Iterator[Event]:
        """Make what is needed, then send batch after batch. Raises `TargetRefused` where there is no room."""
        new = [intent for intent in intents if intent.op is Op.CREATE and intent.payload is None]
        made = self._opened(line, mirror, new, reader)
        ids = {**self._ids, **mirror.keys()}
        deleted = frozenset(intent.remote_id for intent in intents if intent.op is Op.DELETE)
        composer = Composer(mirror, self._shelves, made.places, ids, deleted)
        waiting = [intent for intent in intents if intent.key not in set(made.left)]
        beside = self._renamings(mirror, waiting)
        while waiting:
            batch = composer.fill(Batch(self._most, beside=beside), waiting)
            yield Sending(batch.payloads)
            told = line.sync(batch.body).told
            self._losses = 0
            found = self._landed(line, mirror, reader, commands.results(batch, told))
            self._ids |= {each.key: each.id for each in found if isinstance(each, Landed)}
            ids |= self._ids
            yield Answered(tuple(found))
            _stop_if_full(batch, told)
            waiting, beside = waiting[len(batch.intents) :], b""
        if made.left:
            first = self.objections(made, mirror.limits)[0]
            raise TargetRefused(first.message, first.suggestion)

    def objections(self, made: Allotment, limits: Limits) -> tuple[Objection, ...]:
        """Return what an allotment had to leave out."""
        if not made.left:
            return ()
        number = len(made.left)
        slugs = {self._shelves.of(key).slug for key in made.left}
        message = (
            f"Todoist has no room for {number} of {number + len(made.places)} tasks "
            f"({limits.plan} plan: {limits.projects} projects of {limits.tasks} open tasks)."
        )
        hint = "Push phase by phase (push --phase), tick off or delete tasks in Todoist, or a project there."
        return (Objection(slugs.pop() if len(slugs) == 1 else "", None, message, hint),)

    def _opened(self, line: Line, mirror: Mirror, new: Sequence[Intent], reader: Reader) -> Allotment:
        """Return a place for each new task; what must be made for that is made now.

        After a lost answer the same writes need the same, under the same uuids: the very bytes go out again.
        """
        made = Layout(mirror, self._shelves).allot([intent.key for intent in new])
        if made.needs_nothing:
            return made
        self._open(line, mirror, made, new[0].command, reader)
        made = Layout(mirror, self._shelves).allot([intent.key for intent in new])
        if not made.needs_nothing:
            raise TargetRefused("A project made for the tasks is gone at once.", "Push again.")
        return made

    def _open(self, line: Line, mirror: Mirror, made: Allotment, seed: str, reader: Reader) -> None:
        """Make projects and sections, and put them into the mirror; one look where no ids are told."""
        payload = commands.openings(made, seed)
        told = line.sync(commands.request([payload])).told
        refused = [of_creation(complaint) for complaint in commands.complaints(payload, told)]
        if refused:
            raise refused[0]
        ids = commands.opened(made, seed, told)
        if ids is None:
            reader.look(line, mirror)
            return
        for ident, name in made.projects.items():
            mirror.projects[ids[ident]] = {"name": name}
        for ident, (project, name) in made.sections.items():
            mirror.sections[ids[ident]] = {"name": name, "project_id": ids.get(project, project)}

    def _renamings(self, mirror: Mirror, intents: Sequence[Intent]) -> bytes:
        """Return the commands that give the sections of what is written the new titles of their phases.

        Where Todoist refuses one, the section keeps its name until the next push: no task needs it.
        """
        names = Layout(mirror, self._shelves).renamings(intent.key for intent in intents)
        return commands.renamings(names, intents[0].command) if names else b""

    def _landed(
        self, line: Line, mirror: Mirror, reader: Reader, found: Sequence[Landed | Failed | Intent]
    ) -> list[Landed | Failed]:
        """Return results with the ids of all; one look finds those that the answer did not tell."""
        if any(isinstance(each, Intent) for each in found):
            reader.look(line, mirror)
        ids = mirror.keys()
        return [_found(each, ids) if isinstance(each, Intent) else each for each in found]


def _found(intent: Intent, ids: dict[str, str]) -> Landed | Failed:
    if intent.key in ids:
        return Landed(intent.key, ids[intent.key])
    gone: TargetError = ItemVanished("The task was removed since.", "Push with --restore to bring it back.")
    return Failed(intent.key, gone)


def _descend(below: dict[str | None, list[Intent]], above: str | None) -> Iterator[Intent]:
    for intent in below.get(above, ()):
        yield intent
        yield from _descend(below, intent.key)


def _stop_if_full(batch: Batch, told: dict[str, object]) -> None:
    """Raise where a limit was met on the way: what comes after would meet it, too."""
    for payload in batch.payloads.values():
        for complaint in commands.complaints(payload, told):
            if complaint.full:
                raise no_room(complaint)
