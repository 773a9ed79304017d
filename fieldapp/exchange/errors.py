"""Known errors of a whole workbook: it cannot be read at all, or it is not the workbook it should be."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "CANNOT_READ",
    "EMPTY_BOOK",
    "ET_FILE",
    "FAR_CELL",
    "HIDDEN_COLUMNS_GONE",
    "MISSING_COLUMNS",
    "NOT_A_BOOK",
    "NOT_A_ROUND_TRIP",
    "NOT_FOUND",
    "NO_KNOWN_SHEET",
    "OTHER_COUNTY",
    "PASSWORD_NEEDED",
    "TOO_LARGE",
    "TOO_MANY_ROWS",
    "WRONG_PASSWORD",
    "XML_SPREADSHEET",
]

NOT_FOUND = define(
    "BOOK-001",
    zh="找不到文件「{book}」。",
    en="There is no file “{book}”.",
    remedy_zh="请确认文件还在原来的位置，U 盘是否已拔下。",
    remedy_en="Check that the file is still where it was, and that the USB stick is in.",
)
NOT_A_BOOK = define(
    "BOOK-002",
    zh="「{book}」不是能读的表格文件。",
    en="“{book}” is not a workbook this program can read.",
    remedy_zh="请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。",
    remedy_en="Open it in WPS or Excel, save it as .xlsx and import that.",
)
ET_FILE = define(
    "BOOK-003",
    zh="「{book}」是 WPS 的 .et 格式，这里读不了。",
    en="“{book}” is in the .et format of WPS, which cannot be read here.",
    remedy_zh="请在 WPS 另存为 .xlsx",
    remedy_en="Save it as .xlsx in WPS.",
)
CANNOT_READ = define(
    "BOOK-004",
    zh="「{book}」打不开，文件可能没有下载完整或已损坏（{reason}）。",
    en="“{book}” cannot be opened; it may be incomplete or damaged ({reason}).",
    remedy_zh="请重新下载或拷贝一次；若 WPS 能打开，请另存为 .xlsx 后再导入。",
    remedy_en="Download or copy it again; if WPS opens it, save it as .xlsx and import that.",
)
PASSWORD_NEEDED = define(
    "BOOK-005",
    zh="「{book}」设了打开密码。",
    en="“{book}” is protected by a password.",
    remedy_zh="请输入这个表格的打开密码；密码只用来读这一次，不会保存。",
    remedy_en="Enter the workbook's password; it is used for this reading only and not kept.",
)
WRONG_PASSWORD = define(
    "BOOK-006",
    zh="「{book}」的密码不对。",
    en="The password of “{book}” is wrong.",
    remedy_zh="请核对大小写后再输一次，或向发来表格的人问密码。",
    remedy_en="Check upper and lower case and try again, or ask the sender for the password.",
)
MISSING_COLUMNS = define(
    "BOOK-007",
    zh="「{book}」的工作表「{sheet}」缺少必需的列：{columns}。整本都没有导入。",
    en="Sheet “{sheet}” of “{book}” lacks required columns: {columns}. Nothing of it was imported.",
    remedy_zh="请在导出时勾选这些列；表头应在第 {header_row} 行，列名不要改动。",
    remedy_en="Tick these columns when exporting; the header belongs in row {header_row}, with its names unchanged.",
)
NO_KNOWN_SHEET = define(
    "BOOK-008",
    zh="「{book}」里没有认得的工作表（现有：{sheets}）。",
    en="“{book}” holds no sheet this program knows (it has: {sheets}).",
    remedy_zh="请确认选对了文件：需要{wanted}。",
    remedy_en="Check that this is the right file: {wanted_en} is needed.",
)
EMPTY_BOOK = define(
    "BOOK-009",
    zh="「{book}」里没有一行数据。",
    en="“{book}” holds no row of data.",
    remedy_zh="请检查导出时的筛选条件，再导出一次。",
    remedy_en="Check the filter of the export and export again.",
)
TOO_LARGE = define(
    "BOOK-010",
    zh="「{book}」太大（展开后 {size_mb} MB，最多 {most_mb} MB）。",
    en="“{book}” is too large ({size_mb} MB unpacked, at most {most_mb} MB).",
    remedy_zh="请按乡镇分开导出后再导入。",
    remedy_en="Export it town by town and import those.",
)
XML_SPREADSHEET = define(
    "BOOK-011",
    zh="「{book}」是“XML 电子表格 2003”，这里读不了。",
    en="“{book}” is an “XML Spreadsheet 2003”, which cannot be read here.",
    remedy_zh="请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。",
    remedy_en="Open it in WPS or Excel, save it as .xlsx and import that.",
)
FAR_CELL = define(
    "BOOK-012",
    zh="「{book}」的工作表「{sheet}」写到了第 {rows} 行、第 {columns} 列，远远超出数据的范围。",
    en="Sheet “{sheet}” of “{book}” reaches row {rows} and column {columns}, far beyond its data.",
    remedy_zh="请选中数据下方和右方的空白行、列，删除后保存，再导入。",
    remedy_en="Select the empty rows below and columns beside the data, delete them, save, and import again.",
)
NOT_A_ROUND_TRIP = define(
    "TRIP-001",
    zh="「{book}」不是从这里导出来修改的表。",
    en="“{book}” was not exported from here to be edited.",
    remedy_zh="请先在“表格 → 导出修改再导回”里导出，再改那个文件；别处来的表请用导入。",
    remedy_en="Export from “Tables → Edit in Excel” first and edit that file; use the import for other workbooks.",
)
HIDDEN_COLUMNS_GONE = define(
    "TRIP-002",
    zh="「{book}」右侧隐藏的编号列被删掉了，认不出每一行是哪条记录。",
    en="The hidden columns of “{book}” are gone; nobody can tell which record a row is.",
    remedy_zh="请重新导出，把改过的内容粘贴过去，不要删除隐藏列。",
    remedy_en="Export again, paste your changes, and leave the hidden columns.",
)
OTHER_COUNTY = define(
    "TRIP-004",
    zh="「{book}」是别的县（{county}）导出的，记录不在这里。",
    en="“{book}” was exported in another county ({county}); its records are not here.",
    remedy_zh="请到导出它的那台电脑上导回，或在这里重新导出再改。",
    remedy_en="Take it back on the laptop that exported it, or export it here and edit that.",
)
TOO_MANY_ROWS = define(
    "TRIP-003",
    zh="「{book}」有 {rows} 行，一次最多导回 {most} 行。",
    en="“{book}” has {rows} rows; at most {most} can come back at once.",
    remedy_zh="请按村或按乡镇分开导出。",
    remedy_en="Export it village by village or town by town.",
)
