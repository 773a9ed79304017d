"""What can be wrong with a row or a cell of a workbook that is otherwise good: the catalogue of findings."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "ALREADY_MET",
    "BAD_DATE",
    "BAD_PHONE",
    "BAD_VALUE",
    "CONTRADICTS_ID",
    "CONTRADICTS_ROWS",
    "DIGITS_LOST",
    "DOUBLE_COLUMN",
    "EMPTY_CELL",
    "FORMULA_ERROR",
    "FUTURE_VISIT",
    "HEADER_MOVED",
    "HIDDEN_ROWS",
    "HIDDEN_SHEET",
    "ID_PLACEHOLDER",
    "ID_PROBLEM",
    "MEMBER_COUNT",
    "MONTH_ONLY",
    "NO_HEAD",
    "NO_ID",
    "SECOND_HEAD",
    "SUM_DIFFERS",
    "TOTALS_LEFT_OUT",
    "TWO_HEADS",
    "UNKNOWN_CODE",
    "UNKNOWN_COLUMNS",
    "UNKNOWN_HOUSEHOLD",
    "UNKNOWN_MEMBER",
    "UNKNOWN_SHEET",
    "UNKNOWN_VILLAGE",
]

EMPTY_CELL = define(
    "ROW-001",
    zh="「{column}」是空的，这一行没有导入。",
    en="“{column}” is empty; the row was not imported.",
    remedy_zh="请补上后重新导入这本表，已导入的行不会重复。",
    remedy_en="Fill it in and import the workbook again; rows already in are not doubled.",
)
DIGITS_LOST = define(
    "ROW-002",
    zh="「{column}」存成了数字，Excel 只保留前 15 位，后面的数字已经丢失。这一行没有导入。",
    en="“{column}” was stored as a number; Excel keeps 15 digits, the rest is lost. The row was not imported.",
    remedy_zh="请把这一列设为“文本”格式，按证件重新录入号码，或重新从系统导出。",
    remedy_en="Set the column to text and enter the number again from the document, or export it again.",
)
ID_PROBLEM = define(
    "ROW-003",
    zh="{problem}。这一行没有导入。",
    en="Identity number: {problem_en}. The row was not imported.",
    remedy_zh="请对照身份证或户口簿核对号码。",
    remedy_en="Check the number against the identity card or the household booklet.",
)
ALREADY_MET = define(
    "ROW-004",
    zh="「{column}」和第 {other_row} 行（工作表「{other_sheet}」）重复，这一行没有导入。",
    en="“{column}” is the same as in row {other_row} of sheet “{other_sheet}”; the row was not imported.",
    remedy_zh="请核对是重复录入，还是号码抄错。",
    remedy_en="Check whether it was entered twice or copied wrongly.",
)
TWO_HEADS = define(
    "ROW-005",
    zh="这一户有 {count} 个户主（第 {rows} 行），整户没有导入。",
    en="The household has {count} heads (rows {rows}); it was not imported.",
    remedy_zh="请只保留一个“户主”，其余改成与户主的关系。",
    remedy_en="Keep one head and give the others their relation to the head.",
)
SECOND_HEAD = define(
    "ROW-006",
    zh="同一户里还有一个户主，整户没有导入。",
    en="The household has another head; it was not imported.",
    remedy_zh="请只保留一个“户主”，其余改成与户主的关系。",
    remedy_en="Keep one head and give the others their relation to the head.",
)
NO_HEAD = define(
    "ROW-007",
    zh="这一户没有可导入的户主行，整户没有导入。",
    en="The household has no head's row that can be imported; it was not imported.",
    remedy_zh="请补上户主，或先改好户主那一行的错误。",
    remedy_en="Add the head, or mend the head's row first.",
)
UNKNOWN_CODE = define(
    "ROW-008",
    zh="「{column}」的内容不在选项里。",
    en="“{column}” holds none of the known choices.",
    remedy_zh="请改成系统里的选项，例如：{choices}。",
    remedy_en="Use one of the system's choices, for example: {choices}.",
)
BAD_VALUE = define(
    "ROW-009",
    zh="「{column}」{problem}，这一格没有导入。",
    en="“{column}”: {problem_en}; the cell was not imported.",
    remedy_zh="请改正后重新导入。",
    remedy_en="Correct it and import again.",
)
BAD_DATE = define(
    "ROW-010",
    zh="「{column}」不是能认的日期。",
    en="“{column}” is not a date that can be read.",
    remedy_zh="请写成 2026-05-01、20260501 或 2026年5月1日。",
    remedy_en="Write it like 2026-05-01, 20260501 or 2026年5月1日.",
)
MONTH_ONLY = define(
    "ROW-011",
    zh="「{column}」只有年月，缺少日，这一格没有导入。",
    en="“{column}” has year and month but no day; the cell was not imported.",
    remedy_zh="请补上日，例如 2026-05-01。",
    remedy_en="Add the day, as in 2026-05-01.",
)
NO_ID = define(
    "ROW-012",
    zh="没有证件号码，按“无证件”导入。",
    en="There is no identity number; imported as a person without a document.",
    remedy_zh="新生儿等暂无号码的可以不管；有号码的请补上。",
    remedy_en="Leave it for a newborn; fill it in when there is a number.",
)
ID_PLACEHOLDER = define(
    "ROW-013",
    zh="证件号码是系统的占位号（999999 开头），按“无证件”导入。",
    en="The number is the system's placeholder (999999…); imported as a person without a document.",
    remedy_zh="办好户口后请更新号码。",
    remedy_en="Enter the real number once the person is registered.",
)
CONTRADICTS_ID = define(
    "ROW-014",
    zh="「{column}」和身份证号不一致，以身份证号为准。",
    en="“{column}” contradicts the identity number; the number's was taken.",
    remedy_zh="请核对是这一格错了，还是号码抄错。",
    remedy_en="Check whether this cell or the number is wrong.",
)
CONTRADICTS_ROWS = define(
    "ROW-015",
    zh="同一户的「{column}」和户主那一行（第 {other_row} 行）不一样，以户主那一行为准。",
    en="“{column}” differs from the head's row ({other_row}) of the same household; the head's was taken.",
    remedy_zh="请核对后改成一致。",
    remedy_en="Check it and make the rows agree.",
)
UNKNOWN_VILLAGE = define(
    "ROW-016",
    zh="找不到这个村的行政村代码，整户没有导入。",
    en="The village's code is not known; the household was not imported.",
    remedy_zh="请在“行政村信息”表里加上这个村和它的 12 位代码，或核对乡、村名称。",
    remedy_en="Add the village and its code of 12 digits to the sheet of villages, or check the names.",
)
UNKNOWN_HOUSEHOLD = define(
    "ROW-017",
    zh="这个户编号不在本次导入的农户里，这一行没有导入。",
    en="The household number is not among the households of this import; the row was not imported.",
    remedy_zh="请核对户编号；若那一户有错误，请先改好那一户。",
    remedy_en="Check the household number; if that household has errors, mend those first.",
)
MEMBER_COUNT = define(
    "ROW-018",
    zh="「{column}」写的是 {told} 人，表里导入了 {found} 人。",
    en="“{column}” says {told} persons; {found} were imported.",
    remedy_zh="请核对家庭成员是否齐全。",
    remedy_en="Check that all members are there.",
)
BAD_PHONE = define(
    "ROW-019",
    zh="「{column}」不像电话号码（手机应为 11 位），已照原样导入。",
    en="“{column}” does not look like a phone number (a mobile one has 11 digits); taken as it is.",
    remedy_zh="请下次走访时核对。",
    remedy_en="Check it on the next visit.",
)
SUM_DIFFERS = define(
    "ROW-020",
    zh="家庭纯收入和各项合计差 {difference} 元，已照原样导入。",
    en="The net income differs from the sum of its parts by {difference} yuan; taken as it is.",
    remedy_zh="请核对各项收入和支出。",
    remedy_en="Check the parts and the expenses.",
)
TOTALS_LEFT_OUT = define(
    "ROW-021",
    zh="有 {count} 行是合计行，没有当作数据导入（第 {rows} 行）。",
    en="{count} rows are totals and were left out (rows {rows}).",
    remedy_zh="不用处理。",
    remedy_en="Nothing to do.",
)
HIDDEN_ROWS = define(
    "ROW-022",
    zh="有 {count} 行是隐藏的，也一样读了（第 {rows} 行）。",
    en="{count} rows are hidden and were read like the others (rows {rows}).",
    remedy_zh="如果不该导入，请在表里删掉这些行，而不是隐藏或筛选。",
    remedy_en="If they do not belong, delete them in the workbook instead of hiding or filtering.",
)
HIDDEN_SHEET = define(
    "ROW-023",
    zh="工作表是隐藏的，也一样读了。",
    en="The sheet is hidden and was read like the others.",
    remedy_zh="如果不该导入，请在表里删掉这张工作表。",
    remedy_en="If it does not belong, delete the sheet.",
)
UNKNOWN_COLUMNS = define(
    "ROW-024",
    zh="有 {count} 列不认识，没有导入：{columns}。",
    en="{count} columns are not known and were not imported: {columns}.",
    remedy_zh="需要这些列时，请县里在导入版式里登记。",
    remedy_en="If they are needed, the county adds them to the import layout.",
)
UNKNOWN_SHEET = define(
    "ROW-025",
    zh="工作表不是认得的样子，没有读。",
    en="The sheet is of no known kind and was not read.",
    remedy_zh="说明页等可以不管。",
    remedy_en="Leave it if it is a page of notes.",
)
HEADER_MOVED = define(
    "ROW-026",
    zh="表头在第 {rows} 行（应在第 {expected} 行），已按列名认出。",
    en="The header is in row {rows} (expected in row {expected}) and was found by its names.",
    remedy_zh="不用处理。",
    remedy_en="Nothing to do.",
)
DOUBLE_COLUMN = define(
    "ROW-027",
    zh="「{column}」出现了两列，只用了前一列。",
    en="There are two columns “{column}”; the first one was used.",
    remedy_zh="请删掉多余的一列。",
    remedy_en="Delete the one that is too much.",
)
FORMULA_ERROR = define(
    "ROW-028",
    zh="「{column}」是公式错误（{value}），这一格没有导入。",
    en="“{column}” is a formula error ({value}); the cell was not imported.",
    remedy_zh="请改好公式，或粘贴为数值。",
    remedy_en="Mend the formula or paste values.",
)
FUTURE_VISIT = define(
    "ROW-029",
    zh="走访日期晚于今天，这一行没有导入。",
    en="The visit is dated later than today; the row was not imported.",
    remedy_zh="请核对年份和月份。",
    remedy_en="Check the year and the month.",
)
UNKNOWN_MEMBER = define(
    "ROW-030",
    zh="这一户的成员里没有这个人，这一行没有导入。",
    en="This household has no such member; the row was not imported.",
    remedy_zh="请核对人口编号和证件号码，或先导入这个人的成员信息。",
    remedy_en="Check the person's numbers, or import the member first.",
)
