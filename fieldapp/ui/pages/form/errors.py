"""Known errors of filling in: files that a question cannot take."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = ["FILE_UNREADABLE", "NO_PICTURE", "PHONE_FORMAT"]

FILE_UNREADABLE = define(
    "DESK-101",
    zh="「{name}」读不出来。",
    en="“{name}” cannot be read.",
    remedy_zh="请确认文件还在、手机或 U 盘没有拔掉，再选一次。",
    remedy_en="Check that the file is still there and the phone or stick plugged in, and choose it again.",
)
NO_PICTURE = define(
    "DESK-102",
    zh="「{name}」不是能打开的照片。",
    en="“{name}” is no picture that can be opened.",
    remedy_zh="请换一张 JPG 或 PNG 照片；微信里的照片请先点“查看原图”再保存。",
    remedy_en="Choose a JPG or PNG photo; from a messenger, save the original first.",
)
PHONE_FORMAT = define(
    "DESK-103",
    zh="「{name}」是苹果手机的 HEIC 照片，但文件不完整，打不开。",
    en="“{name}” is a HEIC photo of an iPhone, but the file is damaged and cannot be opened.",
    remedy_zh="从手机重新拷一次；还打不开时，在手机“设置 → 相机 → 格式”里选“兼容性最佳”再拍。",
    remedy_en="Copy it from the phone again; if that fails too, choose Camera → Formats → Most Compatible there.",
)
