"""Where the course lives: what is typed as `repository.url` in _config.yml, and what follows from it."""

import re

# https://github.com/Anna/course, as the address bar, the clone button or a hand writes it.
GITHUB = re.compile(
    r"(?:(?:https?://)?(?:www\.)?github\.com/|git@github\.com:|ssh://git@github\.com/)"
    r"(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?",
    re.ASCII | re.IGNORECASE,
)


def parts(url):
    """The owner and the name of a repository on GitHub. ValueError for any other address."""
    found = GITHUB.fullmatch(str(url).strip())
    if found is None:
        raise ValueError(
            "repository.url in _config.yml: expected https://github.com/OWNER/NAME "
            f"(Colab opens notebooks from there, and the site's own address follows from it), got {url!r}"
        )
    return found["owner"], found["name"]


def repository(url):
    """The repository's address in its one form: no `.git`, no slash at its end."""
    return "https://github.com/{}/{}".format(*parts(url))


def site(url):
    """Where GitHub publishes it: NAME of OWNER under owner.github.io/NAME/, OWNER's own site at the root."""
    owner, name = parts(url)
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
