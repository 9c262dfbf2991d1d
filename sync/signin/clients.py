"""The app that asks for consent: the JSON of a desktop client, as the Google Cloud console gives it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.errors import ConfigError
from sync.signin.addresses import is_trusted

NEXT = "docs/google.md shows how to make a desktop client and where to download its JSON."
NAMES = ("client_id", "client_secret", "auth_uri", "token_uri")


@dataclass(frozen=True, slots=True, repr=False)
class Client:
    """A desktop app that is registered with Google."""

    client_id: str
    client_secret: str
    auth_uri: str
    token_uri: str


def read_client(file: Path) -> Client:
    """The client in a file. Raises ConfigError where it is missing or of another kind."""
    try:
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise ConfigError(f"There is no {file}, which tells Google who is asking.", NEXT) from None
    except OSError as error:
        raise ConfigError(
            f"{file} cannot be read: {error.strerror}.", "Give yourself access to it."
        ) from error
    except (ValueError, RecursionError):
        data = None  # what is wrong with the text may quote it
    installed = data.get("installed") if isinstance(data, dict) else None
    if not isinstance(installed, dict):
        raise ConfigError(f"{file} is not the JSON of a desktop client{_instead(data)}.", NEXT)
    found = {name: value for name in NAMES if isinstance(value := installed.get(name), str) and value}
    lacking = [name for name in NAMES if name not in found]
    if lacking:
        raise ConfigError(f"{file} lacks {', '.join(lacking)}.", f"Download it again. {NEXT}")
    client = Client(**found)
    for name, address in (("auth_uri", client.auth_uri), ("token_uri", client.token_uri)):
        if not is_trusted(address):
            raise ConfigError(
                f"The {name} in {file} is neither Google's nor on this computer.",
                f"Nothing was sent there. Download the file again. {NEXT}",
            )
    return client


def _instead(data: Any) -> str:
    """What a file is that was mistaken for the one of a desktop client."""
    if isinstance(data, dict) and "web" in data:
        return " but that of a web application"
    if isinstance(data, dict) and data.get("type") == "service_account":
        return " but the key of a service account"
    return ""
