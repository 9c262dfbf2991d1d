"""Writes and readings in one line, for the laws."""

from itertools import count
from uuid import UUID, uuid5

from sync.errors import TargetError
from sync.model import Item
from sync.remote import Answered, Failed, Fields, Intent, Landed, Marker, Op, Remote, imprint
from tests.contract.worlds import World

_serial = count(1)


def write(world: World, *intents: Intent) -> dict[str, Landed | Failed]:
    """Carry out intents with a fresh target and return each one's answer."""
    results: dict[str, Landed | Failed] = {}
    for event in world.target().write(intents):
        if isinstance(event, Answered):
            results |= {result.key: result for result in event.results}
    return results


def there(world: World) -> dict[str, Remote]:
    """Read with a fresh target that remembers nothing; a key must not come twice."""
    items = world.target().read(b"").items
    found = {remote.marker.key: remote for remote in items}
    assert len(found) == len(items)
    return found


def _command() -> str:
    return str(uuid5(UUID(int=0), str(next(_serial))))


def creation(world: World, made: Item, revision: int = 1) -> Intent:
    """Return the intent that creates an item."""
    fields = world.target().shape(made)
    assert fields is not None
    return Intent(Op.CREATE, Marker(made.key, revision, imprint(fields)), _command(), made.uid, fields)


def update(remote: Remote, changes: Fields) -> Intent:
    """Return the intent that changes some fields of what was read."""
    fields = {**remote.fields, **changes}
    marker = Marker(remote.marker.key, remote.marker.revision + 1, imprint(fields))
    return Intent(Op.UPDATE, marker, _command(), "uid", fields, tuple(changes), remote.id, remote.version)


def deletion(remote: Remote) -> Intent:
    """Return the intent that deletes what was read."""
    marker = Marker(remote.marker.key, remote.marker.revision + 1, "")
    return Intent(Op.DELETE, marker, _command(), remote_id=remote.id, version=remote.version)


def created(world: World, *items: Item) -> dict[str, Remote]:
    """Create items and return them as they are read."""
    results = write(world, *(creation(world, made) for made in items))
    assert all(isinstance(result, Landed) for result in results.values())
    return there(world)


def errors(results: dict[str, Landed | Failed]) -> dict[str, type[TargetError]]:
    """Return the class of each failure."""
    return {key: type(result.error) for key, result in results.items() if isinstance(result, Failed)}
