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
    zh="「{name}」是苹果手机的 HEIC 格式，这台电脑打不开。",
    en="“{name}” is in the HEIC format of iPhones, which this computer cannot open.",
    remedy_zh="在手机“设置 → 相机 → 格式”里选“兼容性最佳”，或用微信发给自己再保存成 JPG。",
    remedy_en="On the phone choose Settings → Camera → Formats → Most Compatible, or send it as JPG.",
)
