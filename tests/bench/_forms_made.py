"""The three benchmark forms: many questions, a roster, a long list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["VILLAGES", "villages_csv", "write_forms"]

VILLAGES = 10_000
_LABELS = ("label::English (en)", "label::French (fr)")
_Row = Mapping[str, object]


def _markdown(sheets: Mapping[str, Iterable[_Row]]) -> str:
    lines: list[str] = []
    for name, rows in sheets.items():
        listed = list(rows)
        columns = list(dict.fromkeys(key for row in listed for key in row))
        lines.append(f"| {name} |" + " |" * len(columns))
        lines.append("| | " + " | ".join(columns) + " |")
        lines += [
            "| | " + " | ".join(str(row.get(column, "")) for column in columns) + " |" for row in listed
        ]
    return "\n".join(lines) + "\n"


def _question(number: int) -> _Row:
    row: dict[str, object] = {"name": f"q{number}"}
    row |= {_LABELS[0]: f"Question {number}", _LABELS[1]: f"Question fr {number}"}
    row["type"] = ("integer", "decimal", "text", "select_one yn")[number % 4]
    rules = (". >= 0 and . <= 120", ". < 100000", "string-length(.) < 50", "")
    row["constraint"] = rules[number % 4]
    if number > 0 and number % 3 != 2:
        source = f"${{q{(number - 1) // 4 * 4}}}"
        row["relevant"] = f"{source} != 13" if number % 3 == 0 else f"{source} = '' or {source} > 3"
    if number % 5 == 0:
        row["required"] = "yes"
    return row


def _calculation(number: int, questions: int) -> str:
    first = number * 4 % questions
    first -= first % 4
    match number % 4:
        case 0:
            return f"if(${{q{first}}} > 10, ${{q{first}}} * 2, coalesce(${{q{first + 1}}}, 0))"
        case 1:
            return f"${{c{number - 1}}} + 1"
        case 2:
            return f"concat('x', ${{c{number - 1}}}, '-', ${{q{(first + 2) % questions}}})"
    chosen = f"selected(${{q{(first + 3) % questions}}}, 'yes') and ${{c{number - 2}}} != ''"
    return f"if({chosen}, round(${{c{number - 3}}} div 3, 2), 0)"


def form_a(questions: int = 300, calculations: int = 200) -> str:
    """Questions with rules and calculations in two languages."""
    rows: list[_Row] = [_question(number) for number in range(questions)]
    rows += [
        {"type": "calculate", "name": f"c{n}", "calculation": _calculation(n, questions)}
        for n in range(calculations)
    ]
    total = " + ".join(f"number(${{c{n}}})" for n in range(0, calculations, 20))
    rows.append({"type": "calculate", "name": "grand", "calculation": total})
    words = (("yes", "Yes", "Oui"), ("no", "No", "Non"))
    choices = [{"list_name": "yn", "name": n, _LABELS[0]: e, _LABELS[1]: f} for n, e, f in words]
    return _markdown(
        {"survey": rows, "choices": choices, "settings": [{"form_id": "bench_a", "version": "1"}]}
    )


def form_b(questions: int = 20) -> str:
    """A household roster with sums over it."""
    rows: list[_Row] = [
        {"type": "integer", "name": "hh_n", "label": "members"},
        {"type": "begin repeat", "name": "member", "label": "Member"},
        {"type": "text", "name": "name", "label": "Name"},
        {"type": "integer", "name": "age", "label": "Age", "constraint": ". < 130"},
        {"type": "decimal", "name": "income", "label": "Income", "relevant": "${age} >= 15"},
        {"type": "select_one sex", "name": "sex", "label": "Sex of ${name}"},
        {"type": "calculate", "name": "pos", "calculation": "position(..)"},
        {"type": "calculate", "name": "adult", "calculation": "if(${age} >= 18, 1, 0)"},
        {"type": "calculate", "name": "inc2", "calculation": "coalesce(${income}, 0) * 12"},
    ]
    rows += [
        {
            "type": ("text", "integer")[number % 2],
            "name": f"m{number}",
            "label": f"M {number} of ${{name}}",
            "relevant": "${adult} = 1" if number % 3 == 0 else "",
        }
        for number in range(questions - 7)
    ]
    sums = {
        "total": "sum(${inc2})",
        "nadult": "sum(${adult})",
        "nm": "count(${member})",
        "oldest": "max(${age})",
        "first": "indexed-repeat(${name}, ${member}, 1)",
    }
    rows.append({"type": "end repeat"})
    rows += [{"type": "calculate", "name": name, "calculation": text} for name, text in sums.items()]
    rows.append({"type": "note", "name": "n1", "label": "Total ${total} of ${nadult} adults; ${nm}"})
    choices = [{"list_name": "sex", "name": name, "label": name} for name in ("f", "m")]
    return _markdown(
        {"survey": rows, "choices": choices, "settings": [{"form_id": "bench_b", "version": "1"}]}
    )


def form_c() -> str:
    """A long attached list with a cascade and look-ups."""
    rows = [
        {"type": "select_one_from_file regions.csv", "name": "region", "label": "Region"},
        {
            "type": "select_one_from_file villages.csv",
            "name": "village",
            "label": "Village",
            "choice_filter": "region = ${region}",
        },
        {
            "type": "calculate",
            "name": "pop",
            "calculation": "instance('villages')/root/item[name = ${village}]/pop",
        },
        {
            "type": "calculate",
            "name": "vname",
            "calculation": "instance('villages')/root/item[name = ${village}]/label",
        },
    ]
    return _markdown({"survey": rows, "settings": [{"form_id": "bench_c", "version": "1"}]})


def villages_csv(count: int, per_region: int = 100) -> bytes:
    """Return a list of ``count`` villages, ``per_region`` in each region."""
    regions = count // per_region
    rows = [f"v{n},Village {n},r{n % regions},{n * 3}" for n in range(count)]
    return ("name,label,region,pop\n" + "\n".join(rows) + "\n").encode()


def write_forms(folder: Path) -> None:
    """Compile the forms into ``folder`` and write their lists beside them."""
    from fieldapp.authoring import compile_form

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("a", form_a()), ("b", form_b()), ("c", form_c())):
        source = folder / f"{name}.md"
        source.write_text(text, "utf-8")
        (folder / f"{name}.xml").write_bytes(compile_form(source).xml)
    (folder / "villages.csv").write_bytes(villages_csv(VILLAGES))
    regions = "\n".join(f"r{n},Region {n}" for n in range(VILLAGES // 100))
    (folder / "regions.csv").write_bytes(f"name,label\n{regions}\n".encode())
