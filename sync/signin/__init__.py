"""Signing in to Google and Todoist, and keeping what shows it where nobody else can read it.

`places` keeps a secret (in the keyring or in a file), `grants` is what Google gave, `clients` the app it
was given to, `consent` asks for it with the help of `loopback`, `exchange` talks to the token endpoint,
`tokens` hands out access tokens while they live. `todoist` has the other service's one token, `notes`
what is worth remembering beside a secret, `addresses` who may be sent one.
"""
