"""Makes closures for the places of a form, and remembers what each of them reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.common.errors import KnownError
from fieldapp.xform.expr.ast import Expr, Path, walk
from fieldapp.xform.expr.compiler import TreeCompiler
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.functions import STANDARD
from fieldapp.xform.expr.parser import parse
from fieldapp.xform.expr.runtime import BooleanFn, Fn, StringFn
from fieldapp.xform.form.scope import FormScope
from fieldapp.xform.form.tree import Compute, ComputeKind, Dep, NodeDef
from fieldapp.xform.lists.catalogue import Catalogue
from fieldapp.xform.values.dialect import FORM, Dialect

__all__ = ["Expression", "Maker"]

_TRUTHS = frozenset(
    {ComputeKind.RELEVANT, ComputeKind.READONLY, ComputeKind.REQUIRED, ComputeKind.CONSTRAINT}
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of the form and where it stands, for checks: attribute, owner's ref, text, tree."""

    attribute: str
    ref: str
    text: str
    tree: Expr


@dataclass(slots=True)
class Maker:
    """Compiles all expressions of one form; equal texts are parsed once."""

    root: NodeDef
    catalogue: Catalogue
    dialect: Dialect = FORM
    expressions: list[Expression] = field(default_factory=list)
    problems: list[KnownError] = field(default_factory=list)
    _trees: dict[str, Expr] = field(default_factory=dict)
    _own: dict[tuple[str, ComputeKind], Fn] = field(default_factory=dict)

    def tree(self, text: str, where: str) -> Expr:
        """Return the tree of ``text``. Raises FORM-010 or FORM-005 naming ``where``."""
        found = self._trees.get(text)
        if found is None:
            found = self._trees[text] = parse(text, where)
        return found

    def scope(self, owner: NodeDef) -> FormScope:
        return FormScope(owner, self.root, self.catalogue, self.dialect, problems=self.problems)

    def compute(self, kind: ComputeKind, owner: NodeDef, text: str, attribute: str) -> Compute:
        """Compile a bind's expression and note it at its owner."""
        where = f"{owner.ref} · {attribute}"
        tree = self.tree(text, where)
        self.expressions.append(Expression(attribute, owner.ref, text, tree))
        own = self._own.get((text, kind))
        if own is not None:
            deps = [Dep(owner, len(owner.repeats))]
            compute = Compute(kind, owner, own, text, deps)
        else:
            scope = self.scope(owner)
            compiler = TreeCompiler(scope, STANDARD, where)
            fn: Fn = compiler.boolean(tree) if kind in _TRUTHS else compiler.value(tree)
            compute = Compute(kind, owner, fn, text, scope.deps)
            if "/" not in text and _reads_itself_only(tree):
                self._own[(text, kind)] = fn
        owner.computes.append(compute)
        return compute

    def text(self, owner: NodeDef, text: str, attribute: str, reads: list[Dep]) -> StringFn:
        """Compile an expression that is shown; what it reads is added to ``reads``."""
        compiler, tree = self._prepare(owner, text, attribute, reads)
        return compiler.string(tree)

    def value(self, owner: NodeDef, text: str, attribute: str, reads: list[Dep] | None = None) -> Fn:
        """Compile an expression that is evaluated on an event."""
        compiler, tree = self._prepare(owner, text, attribute, reads if reads is not None else [])
        return compiler.value(tree)

    def truth(self, owner: NodeDef, text: str, attribute: str) -> BooleanFn:
        compiler, tree = self._prepare(owner, text, attribute, [])
        return compiler.boolean(tree)

    def _prepare(self, owner: NodeDef, text: str, attribute: str, reads: list[Dep]) -> tuple[Compiler, Expr]:
        where = f"{owner.ref} · {attribute}"
        tree = self.tree(text, where)
        self.expressions.append(Expression(attribute, owner.ref, text, tree))
        scope = self.scope(owner)
        scope.deps = reads
        return TreeCompiler(scope, STANDARD, where), tree

    def note(self, owner: NodeDef, attribute: str, text: str, tree: Expr) -> None:
        """Remember an expression for the checks."""
        self.expressions.append(Expression(attribute, owner.ref, text, tree))

    def compiler(self, owner: NodeDef, attribute: str, reads: list[Dep]) -> Compiler:
        """Return a compiler seen from ``owner``, for trees the caller takes apart itself."""
        scope = self.scope(owner)
        scope.deps = reads
        return TreeCompiler(scope, STANDARD, f"{owner.ref} · {attribute}")


def _reads_itself_only(tree: Expr) -> bool:
    paths = [part for part in walk(tree) if isinstance(part, Path)]
    return bool(paths) and all(
        p.base is None and not p.absolute and len(p.steps) == 1 and p.steps[0].axis == "self" for p in paths
    )
