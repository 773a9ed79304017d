"""What paths mean in a form: resolved once, against definitions, into reads of a frame's slot.

A path to a question of the same repeat instance, or of an enclosing one, is a single read. Like JavaRosa, an
absolute path through a repeat means the reader's own instance; a path that ends at the repeat means all of them.
"""

from __future__ import annotations

from typing import Any

from fieldapp.common.errors import KnownError
from fieldapp.xform.errors import UNRESOLVED
from fieldapp.xform.expr.ast import Call, Expr, Filter, Literal, Path, Step
from fieldapp.xform.expr.contract import Compiler
from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.paths import compile_predicate, filter_nodes, plan_filter, walk_steps
from fieldapp.xform.expr.runtime import BooleanFn, Context, Fn, NodesFn, PathPlan
from fieldapp.xform.form.list_paths import cells_plan, indexed, table_path
from fieldapp.xform.form.plain import bare, is_plain, plain, shown
from fieldapp.xform.form.reading import one_node, read_many, read_one
from fieldapp.xform.form.tree import Dep, NodeDef
from fieldapp.xform.lists.catalogue import Catalogue
from fieldapp.xform.lists.sources import ListSource
from fieldapp.xform.lists.table import Table, TableNode
from fieldapp.xform.values.dialect import Dialect

__all__ = ["FormScope"]


def _frame_of(node: XNode, c: Context) -> list[Any]:
    frame: list[Any] = getattr(node, "frame", c.frame)
    return frame


def _current_frame(node: XNode, c: Context) -> list[Any]:
    return _frame_of(node, c)


class FormScope:
    """Names as seen from ``owner``. ``deps`` collects what is read."""

    lazy_errors = False

    def __init__(
        self,
        owner: NodeDef,
        root: NodeDef,
        catalogue: Catalogue,
        dialect: Dialect,
        *,
        origin: FormScope | None = None,
        problems: list[KnownError] | None = None,
    ) -> None:
        self.owner = owner
        self.root = root
        self.catalogue = catalogue
        self.dialect = dialect
        self.origin = origin
        self.deps: list[Dep] = []
        self.problems: list[KnownError] = problems if problems is not None else []

    def inside(self, owner: NodeDef) -> FormScope:
        """Return the scope of a predicate on ``owner``'s nodes."""
        return FormScope(
            owner, self.root, self.catalogue, self.dialect, origin=self.origin or self, problems=self.problems
        )

    # -- resolving ----------------------------------------------------------------------------------------

    def child_of(self, node: NodeDef, name: str, path: Path, where: str) -> NodeDef:
        found = node.by_name.get(name) or node.by_name.get(name.rpartition(":")[2])
        if found is None:
            raise UNRESOLVED(path=shown(path), where=where)
        return found

    def resolve(self, path: Path, where: str) -> NodeDef:
        """Return the definition a plain path leads to. Raises FORM-011."""
        assert path.names is not None
        names = path.names
        node: NodeDef | None = self.owner
        if path.absolute:
            node = self.root
            if not names or names[0].rpartition(":")[2] != node.name.rpartition(":")[2]:
                raise UNRESOLVED(path=shown(path), where=where)
            names = names[1:]
        for _ in range(path.up):
            node = node.parent if node is not None else None
        if node is None:
            raise UNRESOLVED(path=shown(path), where=where)
        for name in names:
            node = self.child_of(node, name, path, where)
        return node

    def target_of(self, path: Path, where: str) -> NodeDef | None:
        """Return the definition a path leads to, its predicates left aside; None for wildcards."""
        simple = plain(Path(path.absolute, tuple(bare(step) for step in path.steps), None, path.at))
        return self.resolve(simple, where) if simple.names is not None else None

    def shared(self, target: NodeDef) -> int:
        """Return how many repeat levels ``target`` has in common with the owner."""
        count = 0
        for mine, theirs in zip(self.owner.repeats, target.repeats, strict=False):
            if mine is not theirs:
                break
            count += 1
        return count

    # -- plans --------------------------------------------------------------------------------------------

    def plan_path(self, compiler: Compiler, path: Path) -> PathPlan:
        if path.base is not None:
            return self._from_base(compiler, path)
        if path.names is not None:
            ends_at_parent = bool(path.up) and not path.names
            try:
                target = self.resolve(path, compiler.where)
            except KnownError as error:
                self.problems.append(
                    error
                )  # other engines read such a path as unanswered; the author is told
                return PathPlan(_no_nodes, _no_value)
            return self.plan_target(target, ends_at_parent)
        if not path.steps:
            return self._root_or_self(path)
        if len(path.steps) == 1 and path.steps[0].axis == "self" and not path.steps[0].predicates:
            return self._self()
        return self._stepwise(compiler, path)

    def _self(self) -> PathPlan:
        self.deps.append(Dep(self.owner, len(self.owner.repeats)))
        return PathPlan(lambda c: [c.node], lambda c: c.node.read)

    def _root_or_self(self, path: Path) -> PathPlan:
        if path.absolute:
            return self.plan_target(self.root, False)
        return self._self()

    def plan_target(self, target: NodeDef, as_parent: bool) -> PathPlan:
        """Return the plan of a resolved definition; ``as_parent``: reached by ``..`` alone, so it is one instance."""
        bound = self.shared(target)
        if target.is_repeat and not as_parent and bound == len(target.repeats):
            bound -= 1
        self.deps.append(Dep(target, bound))
        up = len(self.owner.repeats) - bound
        rest = target.repeats[bound:]
        slot = 0 if target.is_repeat else target.slot
        if not rest:
            return PathPlan(one_node(up, slot), read_one(up, slot))
        return PathPlan(read_many(up, [repeat.slot for repeat in rest], slot))

    def _from_base(self, compiler: Compiler, path: Path) -> PathPlan:
        base = path.base
        if isinstance(base, Call) and base.name == "instance":
            return self._from_instance(compiler, base, path)
        if isinstance(base, Call) and base.name == "current" and not base.args:
            return self._from_current(compiler, path)
        assert base is not None
        start = compiler.nodes(base)
        self._depend_on_everything()
        return PathPlan(walk_steps(compiler, start, path.steps, {}, _frame_of))

    def _from_current(self, compiler: Compiler, path: Path) -> PathPlan:
        origin = self.origin or self
        relative = plain(Path(False, path.steps, None, path.at))
        plan = origin.plan_path(compiler.within(origin), relative)
        if self.origin is None:
            return plan
        nodes, value = plan.nodes, plan.value
        shifted: Fn | None = None if value is None else (lambda c: value(c.current))
        return PathPlan(lambda c: nodes(c.current), shifted)

    def _stepwise(self, compiler: Compiler, path: Path) -> PathPlan:
        """A path with predicates: plain steps up to the first, the filtered nodes, and on from each of them."""
        split = next((n for n, step in enumerate(path.steps) if step.predicates), None)
        simple = all(is_plain(step) for step in path.steps)
        if not simple:
            return self._anywhere(compiler, path)
        if split is None:
            return self.plan_path(compiler, plain(path))
        head = plain(
            Path(path.absolute, tuple(bare(step) for step in path.steps[: split + 1]), None, path.at)
        )
        target = self.resolve(head, compiler.where)
        scope = self.inside(target)
        start = self.plan_target(target, bool(head.up) and not head.names).nodes
        self.deps[-1].elsewhere = True
        bound = self.deps[-1].bound
        inner = compiler.within(scope)
        tests = [compile_predicate(inner, predicate) for predicate in path.steps[split].predicates]
        found = _filtered(start, tests)
        rest = path.steps[split + 1 :]
        if rest:
            tail = scope.plan_path(inner, plain(Path(False, rest, None, path.at)))
            found = _onwards(found, tail.nodes)
        for dep in scope.deps:
            self.deps.append(Dep(dep.target, min(dep.bound, bound), True))
        return PathPlan(found)

    def _anywhere(self, compiler: Compiler, path: Path) -> PathPlan:
        """Wildcards and other axes: walked at run time, and taken to read the whole form."""
        self._depend_on_everything()
        start: NodesFn = _top if path.absolute else _here
        inner = compiler.within(_Walking(self))
        steps = path.steps
        if path.absolute and steps[0].axis == "child":
            steps = (Step("self", steps[0].test, steps[0].predicates, steps[0].target), *steps[1:])
        return PathPlan(walk_steps(inner, start, steps, {}, _frame_of))

    def _depend_on_everything(self) -> None:
        for target in self.root.subtree():
            if target.is_leaf and target is not self.owner:
                self.deps.append(Dep(target, 0, True))

    # -- lists --------------------------------------------------------------------------------------------

    def plan_instance(self, compiler: Compiler, call: Call) -> NodesFn:
        source = self.list_named(compiler, call)
        node: XNode = TableNode(source) if isinstance(source, Table) else source
        return lambda _: [node]

    def list_named(self, compiler: Compiler, call: Call) -> ListSource:
        """Return the list that ``instance('id')`` names. Raises FORM-011 for one the form does not have."""
        name = call.args[0]
        if not isinstance(name, Literal):
            raise compiler.refuse(call.at, "instance() 里要写带引号的名称", "instance() takes a quoted name")
        source = self.catalogue.find(name.value)
        if source is None:
            raise UNRESOLVED(path=f"instance('{name.value}')", where=compiler.where)
        return source

    def _from_instance(self, compiler: Compiler, base: Call, path: Path) -> PathPlan:
        source = self.list_named(compiler, base)
        if isinstance(source, Table):
            found = table_path(compiler, source, path.steps)
            if found is not None:
                rows, column = found
                return cells_plan(source, rows, column)
        start = self.plan_instance(compiler, base)
        return PathPlan(walk_steps(compiler.within(_Walking(self)), start, path.steps, {}, _frame_of))

    def plan_filter(self, compiler: Compiler, expr: Filter) -> NodesFn:
        return plan_filter(compiler.within(_Walking(self)), expr, _frame_of)

    # -- indexed-repeat -----------------------------------------------------------------------------------

    def plan_indexed(self, compiler: Compiler, call: Call) -> PathPlan:
        """``indexed-repeat(question, repeat, number, …)``: the question in the numbered instance of each repeat."""
        target = self._argument(compiler, call.args[0])
        indexes: dict[NodeDef, Fn] = {}
        for group, number in zip(call.args[1::2], call.args[2::2], strict=False):
            repeat = self._argument(compiler, group)
            if repeat not in target.repeats:
                raise compiler.refuse(
                    call.at, f"「{repeat.name}」不是循环", f"“{repeat.name}” is not a repeat"
                )
            indexes[repeat] = compiler.number(number)
        bound = min(target.repeats.index(repeat) for repeat in indexes)
        bound = min(bound, self.shared(target))
        self.deps.append(Dep(target, bound, True))
        for repeat in target.repeats[bound:]:
            self.deps.append(Dep(repeat, bound, True))
        up = len(self.owner.repeats) - bound
        path = [(repeat.slot, indexes.get(repeat)) for repeat in target.repeats[bound:]]
        return indexed(up, path, 0 if target.is_repeat else target.slot)

    def _argument(self, compiler: Compiler, expr: Expr) -> NodeDef:
        if isinstance(expr, Path):
            base = expr.base
            if isinstance(base, Call) and base.name == "current":
                expr = Path(False, expr.steps, None, expr.at)
            simple = plain(expr)
            if simple.names is not None:
                return self.resolve(simple, compiler.where)
        raise compiler.refuse(getattr(expr, "at", 0), "这里要写问题的路径", "a plain path is expected here")


class _Walking(FormScope):
    """Inside predicates whose node is only known at run time: relative paths are walked."""

    def __init__(self, outer: FormScope) -> None:
        super().__init__(
            outer.owner, outer.root, outer.catalogue, outer.dialect, origin=outer.origin or outer
        )
        self.deps = outer.deps
        self.problems = outer.problems

    def plan_path(self, compiler: Compiler, path: Path) -> PathPlan:
        if path.absolute or path.base is not None:
            return super().plan_path(compiler, path)
        return PathPlan(walk_steps(compiler, _here, path.steps, {}, _frame_of))


def _no_nodes(_: Context) -> list[XNode]:
    return []


def _no_value(_: Context) -> str:
    return ""


def _here(c: Context) -> list[XNode]:
    return [c.node]


def _top(c: Context) -> list[XNode]:
    node = c.node
    while node.parent is not None:
        node = node.parent
    return [node]


def _filtered(start: NodesFn, tests: list[BooleanFn]) -> NodesFn:
    def run(c: Context) -> list[XNode]:
        found = start(c)
        for test in tests:
            found = filter_nodes(found, test, c, _current_frame)
        return found

    return run


def _onwards(start: NodesFn, tail: NodesFn) -> NodesFn:
    def run(c: Context) -> list[XNode]:
        out: list[XNode] = []
        for node in start(c):
            out.extend(tail(Context(node, c.run, _frame_of(node, c), c.current)))
        return out

    return run
