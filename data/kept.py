"""Answers that are worked out once for a release and go when the release goes.

A cache of the module would keep every release that ever served; these lie with the release itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

P = ParamSpec("P")
T = TypeVar("T")


class Keeper(Protocol):
    """What answers can lie with."""

    @property
    def kept(self) -> dict[Any, Any]:
        """The answers of each function."""


R = TypeVar("R", bound=Keeper)


@overload
def per_release(function: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]: ...
@overload
def per_release(*, most: int) -> Callable[[Callable[Concatenate[R, P], T]], Callable[Concatenate[R, P], T]]: ...
def per_release(function: Any = None, *, most: int | None = None) -> Any:
    """Keep the answers of a function whose first argument is a release; the others must be hashable.

    Args:
        function: the function.
        most: how many answers are kept, those asked for last; without it all.
    """
    if function is None:
        return partial(_kept, most)
    return _kept(None, function)


def _kept(most: int | None, function: Callable[..., T]) -> Callable[..., T]:
    @wraps(function)
    def answer(release: Keeper, *args: Any, **kwargs: Any) -> T:
        known = release.kept.get(function)
        if known is None:
            known = release.kept.setdefault(function, lru_cache(maxsize=most)(partial(function, release)))
        found: T = known(*args, **kwargs)
        return found

    return answer
