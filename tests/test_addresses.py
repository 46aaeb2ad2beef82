"""What a person types as the repository's address, and what becomes of it."""

import addresses
import pytest

COURSE = "https://github.com/Anna/course", "https://anna.github.io/course/"


@pytest.mark.parametrize(
    ("typed", "repository", "site"),
    [
        ("https://github.com/Anna/course", *COURSE),
        ("https://github.com/Anna/course/", *COURSE),
        ("https://github.com/Anna/course.git", *COURSE),
        ("https://github.com/Anna/course.git/", *COURSE),
        (" https://github.com/Anna/course\n", *COURSE),
        ("http://www.github.com/Anna/course", *COURSE),
        ("HTTPS://GitHub.com/Anna/course", *COURSE),
        ("github.com/Anna/course", *COURSE),
        ("git@github.com:Anna/course.git", *COURSE),
        ("ssh://git@github.com/Anna/course.git", *COURSE),
        ("https://github.com/a-b/c.d_e", "https://github.com/a-b/c.d_e", "https://a-b.github.io/c.d_e/"),
        # A user's own site stands at the root of its host.
        ("https://github.com/Anna/anna.github.io", "https://github.com/Anna/anna.github.io", "https://anna.github.io/"),
        ("https://github.com/anna/Anna.github.io.git", "https://github.com/anna/Anna.github.io", "https://anna.github.io/"),
        # Somebody else's name in that form is a folder like any other.
        ("https://github.com/Anna/bob.github.io", "https://github.com/Anna/bob.github.io", "https://anna.github.io/bob.github.io/"),
        # The placeholder is an address like any other.
        ("https://github.com/OWNER/COURSE", "https://github.com/OWNER/COURSE", "https://owner.github.io/COURSE/"),
    ],
)  # fmt: skip
def test_what_was_meant_is_put_right(typed, repository, site):
    assert (addresses.repository(typed), addresses.site(typed)) == (repository, site)


@pytest.mark.parametrize(
    "typed",
    [
        "https://gitlab.com/uni/maths/course",
        "https://gitlab.com/uni/course",
        "https://github.com/Anna",
        "https://github.com/Anna/course/tree/main",
        "https://github.com/Anna/course?tab=readme",
        "https://anna.github.io/course/",
        "https://notgithub.com/Anna/course",
        "https://github.com.example.org/Anna/course",
        "course",
        "",
        None,
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(typed):
    for function in (addresses.repository, addresses.site):
        with pytest.raises(
            ValueError, match=r"repository\.url in _config\.yml: expected https://github\.com/"
        ) as told:
            function(typed)
        assert str(told.value).endswith(f"got {typed!r}")
        assert "\n" not in str(told.value)
