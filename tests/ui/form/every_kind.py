"""A form with every kind of question that XLSForm knows."""

from __future__ import annotations

__all__ = ["EVERY_KIND"]

EVERY_KIND = """
| survey |  |  |  |  |  |  |  |
|  | type | name | label::中文 (zh) | label::English (en) | appearance | parameters | hint::中文 (zh) |
|  | note | hello | **每一种**题型 | **Every** kind |  |  |  |
|  | text | line | 一行文字 | A line |  |  |  |
|  | text | secret | 密码 | Secret | masked |  |  |
|  | text | digits | 编号 | Number | numbers |  |  |
|  | text | long | 几行文字 | Lines | multiline |  |  |
|  | integer | whole | 整数 | Whole |  |  |  |
|  | decimal | part | 小数 | Decimal |  |  |  |
|  | range | grade | 打分 | Grade |  | start=0 end=10 step=0.5 |  |
|  | date | day | 日期 | Day |  |  |  |
|  | date | month | 年月 | Month | month-year |  |  |
|  | time | clock | 时间 | Time |  |  |  |
|  | dateTime | moment | 日期时间 | Moment |  |  |  |
|  | select_one few | one | 选一项 | One |  |  |  |
|  | select_one few | quick | 选了就走 | Quick | quick |  |  |
|  | select_one few | least | 下拉 | List | minimal |  |  |
|  | select_one many | lots | 很多项 | Many |  |  |  |
|  | select_multiple few | several | 选几项 | Several |  |  |  |
|  | rank few | order | 排序 | Rank |  |  |  |
|  | geopoint | place | 位置 | Place |  |  |  |
|  | geotrace | road | 路线 | Road |  |  |  |
|  | barcode | code | 条码 | Barcode |  |  |  |
|  | image | photo | 照片 | Photo |  |  |  |
|  | image | sketch | 草图 | Sketch | draw |  |  |
|  | audio | sound | 录音 | Sound |  |  |  |
|  | video | film | 视频 | Film |  |  |  |
|  | file | paper | 附件 | File |  |  |  |
|  | acknowledge | agreed | 已告知 | Agreed |  |  |  |

| choices |  |  |  |
|  | list_name | name | label::中文 (zh) | label::English (en) |
|  | few | a | 甲 | A |
|  | few | b | 乙 | B |
|  | few | c | 丙 | C |
|  | many | m1 | 村一 | V1 |
|  | many | m2 | 村二 | V2 |
|  | many | m3 | 村三 | V3 |
|  | many | m4 | 村四 | V4 |
|  | many | m5 | 村五 | V5 |
|  | many | m6 | 村六 | V6 |
|  | many | m7 | 村七 | V7 |
|  | many | m8 | 村八 | V8 |
|  | many | m9 | 村九 | V9 |
|  | many | m10 | 村十 | V10 |

| settings |  |  |
|  | form_id | default_language |
|  | every | 中文 (zh) |
"""
