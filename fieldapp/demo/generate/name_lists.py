"""Surnames and given names as they are met in a county of the Central Plain, by generation. No list names a person."""

from __future__ import annotations

__all__ = [
    "COMPOUND_SURNAMES",
    "GENERATIONS",
    "LONG_NAME",
    "RARE_NAMES",
    "SURNAMES",
    "Generation",
]

from dataclasses import dataclass

#: Surname and weight, roughly the shares of the province.
SURNAMES: tuple[tuple[str, int], ...] = (
    *(("王", 95), ("李", 90), ("张", 92), ("刘", 62), ("陈", 42), ("杨", 36), ("赵", 34), ("郭", 24)),
    *(("孙", 23), ("马", 23), ("朱", 18), ("胡", 17), ("徐", 16), ("周", 16), ("高", 15), ("宋", 15)),
    *(("吴", 15), ("侯", 14), ("许", 13), ("韩", 13), ("姚", 12), ("郑", 12), ("何", 11), ("冯", 11)),
    *(("任", 10), ("程", 10), ("姜", 9), ("常", 9), ("贾", 9), ("耿", 8), ("盛", 8), ("樊", 7)),
    *(("牛", 7), ("袁", 7), ("黄", 7), ("梁", 7), ("丁", 7), ("田", 6), ("崔", 6), ("董", 6)),
    *(("范", 6), ("方", 5), ("石", 5), ("邢", 5), ("薛", 5), ("白", 5), ("段", 4), ("孟", 4)),
    *(("史", 4), ("吕", 4), ("苏", 4), ("卢", 4), ("蔡", 3), ("余", 3), ("闫", 3), ("杜", 3)),
    *(("尚", 2), ("曾", 2), ("单", 2), ("解", 2), ("仝", 2), ("靳", 2), ("冀", 1), ("仇", 1), ("查", 1)),
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "尉迟")


@dataclass(frozen=True, slots=True)
class Generation:
    """Given names of those born until ``last_year``: first and second characters by sex, and how often one is enough."""

    last_year: int
    single_share: float
    male: tuple[str, str]
    female: tuple[str, str]


GENERATIONS: tuple[Generation, ...] = (
    Generation(
        1959,
        0.18,
        ("国建文德福保长春庆明清根金铁书振永天世学", "民林义山田才生喜安顺成海江祥彬卿昌岭岗修"),
        ("秀玉桂春凤爱素金月香喜银巧梅", "兰英花荣芳珍枝云莲香娥芝勤妮梅"),
    ),
    Generation(
        1979,
        0.26,
        ("建国红卫志军新永海学俊中宏占跃松晓", "军民伟峰涛杰锋刚平东辉强勇超岭召宾亮彬"),
        ("秀小红艳丽春玉彩爱晓海俊凤桂", "丽红霞玲敏芳娟萍燕英云平琴霞艳"),
    ),
    Generation(
        1999,
        0.36,
        ("亚晓世鹏志俊帅文浩少向培", "飞鹏超辉磊龙帅坤杰涛博阳洋凯"),
        ("亚晓梦小文静珂慧媛丹", "丽娜静楠婷娟慧珂莹丹倩雪霞"),
    ),
    Generation(
        9999,
        0.08,
        ("子浩宇一俊梓家奕明嘉博泽", "轩然豪诺恒辰泽航宸熙涵瑞博"),
        ("梓欣雨一诗可佳艺若语思梦", "涵怡桐诺琪馨萱彤妍瑶菲晴"),
    ),
)
#: Characters outside the basic plane, or rarely in fonts: they must survive every way through the program.
RARE_NAMES = ("𬱖", "䶮", "㛃")
#: As long as such names get; the separator is U+00B7.
LONG_NAME = "阿卜杜热合曼·阿卜力克木·麦麦提图尔荪"
