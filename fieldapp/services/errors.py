"""Known errors of the services."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "ALREADY_ENROLLED",
    "BAD_ANSWERS",
    "CHANGED_SINCE",
    "FILE_TOO_LARGE",
    "FORBIDDEN_FILE",
    "FORM_MISSING",
    "BAD_TYPING_FILE",
    "MEANING_MISSING",
    "MERGE_CHANGED",
    "MERGE_NOT_POSSIBLE",
    "MERGE_NOT_YOURS",
    "NOTHING_TO_LOOK_AT",
    "NOT_PASSABLE",
    "NOT_YOURS_TO_ASSIGN",
    "NO_FIX",
    "NO_CORRECTION",
    "NO_NAME_FOR_LIST",
    "NOT_YOUR_LIST",
    "SHEET_WAITS",
    "NO_REASON",
    "REASON_WANTED",
    "NO_RECEIVER",
    "RECEIVER_BUSY",
    "NO_COMMENT",
    "NO_SUCH_DRAFT",
    "NO_SUCH_LINE",
    "NO_SUCH_PERSON",
    "NO_SUCH_PROPOSAL",
    "NO_SUCH_RECORD",
    "NOTHING_TO_COPY",
    "NOT_A_PHOTO",
    "NOT_A_RECORDING",
    "NOT_A_VIDEO",
    "NO_REVIEW",
    "NOT_THE_CLERK",
    "NOT_WRITABLE_FACT",
    "PHOTO_TOO_LARGE",
    "PRINT_FAILED",
    "REFUSED_VALUE",
    "WEAK_PASSWORD",
]

BAD_ANSWERS = define(
    "VISIT-001",
    zh="还有 {count} 处没有填好：{first}",
    en="{count} answers are missing or wrong: {first}",
    remedy_zh="点“下一处”逐个补好，再完成。已填的内容都已保存。",
    remedy_en="Use “next” to mend them one by one, then finish. What you typed is saved.",
)
NO_SUCH_DRAFT = define(
    "VISIT-002",
    zh="这份草稿已经完成或已丢弃。",
    en="This draft was finished or discarded.",
    remedy_zh="请在“今日”里重新打开草稿，或新建走访。",
    remedy_en="Open a draft from “Today”, or start a new visit.",
)
FORM_MISSING = define(
    "VISIT-003",
    zh="电脑里还没有“{form}”表，不能开始走访。",
    en="The form “{form}” is not on this laptop yet.",
    remedy_zh="请连上网络到“同步”页接收一次。",
    remedy_en="Go to “Sync” with a network and fetch once.",
)
NOT_A_PHOTO = define(
    "VISIT-004",
    zh="「{name}」不是能识别的照片（JPG 或 PNG）。",
    en="“{name}” is no photo that can be read (JPG or PNG).",
    remedy_zh="请换一张 JPG 或 PNG 照片。",
    remedy_en="Choose a JPG or PNG photo.",
)
PHOTO_TOO_LARGE = define(
    "VISIT-005",
    zh="照片「{name}」超过 {limit_mb} MB，没有加进来。",
    en="The photo “{name}” is larger than {limit_mb} MB and was not added.",
    remedy_zh="请把手机相机的照片调小一些，或换一张。",
    remedy_en="Choose a smaller picture size in the camera, or another photo.",
)
NOT_A_RECORDING = define(
    "VISIT-006",
    zh="「{name}」不是能识别的录音（M4A、MP3、WAV、OGG、AAC、AMR）。",
    en="“{name}” is no recording that can be read (M4A, MP3, WAV, OGG, AAC, AMR).",
    remedy_zh="请用手机自带的录音机录好后再选这个文件。",
    remedy_en="Record with the phone's own recorder and choose that file.",
)
NOT_A_VIDEO = define(
    "VISIT-007",
    zh="「{name}」不是能识别的视频（MP4、3GP、MOV、WEBM、AVI）。",
    en="“{name}” is no video that can be read (MP4, 3GP, MOV, WEBM, AVI).",
    remedy_zh="请选手机相机拍的视频文件。",
    remedy_en="Choose a video made with the phone's camera.",
)
FILE_TOO_LARGE = define(
    "VISIT-008",
    zh="文件「{name}」超过 {limit_mb} MB，没有加进来。",
    en="The file “{name}” is larger than {limit_mb} MB and was not added.",
    remedy_zh="请剪短录音或视频、压缩文件后再选。",
    remedy_en="Shorten the recording or video, or make the file smaller, and choose it again.",
)
FORBIDDEN_FILE = define(
    "VISIT-009",
    zh="「{name}」是程序或带宏、带脚本的文件，不能作为答案。",
    en="“{name}” is a program, or holds macros or scripts, and cannot be an answer.",
    remedy_zh="请改交 PDF、图片，或不带宏的 Word、Excel 文件。",
    remedy_en="Choose a PDF, a picture, or a Word or Excel file without macros.",
)
NO_REVIEW = define(
    "VISIT-010",
    zh="这次走访不是在这台电脑上填的，表单原文在县里。",
    en="This visit was not filled in on this laptop; its form is at the county.",
    remedy_zh="请看这一户的走访摘要，需要原文时请联系县里。",
    remedy_en="Look at the visit's summary; ask the county when the form itself is needed.",
)
NO_SUCH_RECORD = define(
    "REG-001",
    zh="这一户里没有要改的这条记录，可能刚刚更新过。",
    en="The record to be corrected is not in this household; it may just have changed.",
    remedy_zh="请返回后重新打开这一户再改。",
    remedy_en="Go back, open the household again and correct it there.",
)
REFUSED_VALUE = define(
    "REG-002",
    zh="“{field}”没有改：{reason}。",
    en="“{field_en}” was not changed: {reason_en}.",
    remedy_zh="请按提示改正后再保存。",
    remedy_en="Correct it as told and save again.",
)
NOT_WRITABLE_FACT = define(
    "REG-003",
    zh="“{field}”由县里或村级文书核定，不能在这里改。",
    en="“{field_en}” is decided by the county or the village clerk and cannot be changed here.",
    remedy_zh="如与实际不符，请告诉村级文书，或上报线索、问题。",
    remedy_en="Tell the village clerk, or report a lead or an issue, if it is wrong.",
)
NO_SUCH_PERSON = define(
    "LAPTOP-001",
    zh="这台电脑上没有这位使用人。",
    en="This person does not use this laptop.",
    remedy_zh="请用县里给的登记码登记后再使用。",
    remedy_en="Enrol with the code from the county first.",
)
ALREADY_ENROLLED = define(
    "LAPTOP-002",
    zh="{name}已经在这台电脑上登记过。",
    en="{name} is already enrolled on this laptop.",
    remedy_zh="请直接用密码打开；忘了密码可请县里帮助恢复。",
    remedy_en="Open with the password; the county can help to recover it.",
)
WEAK_PASSWORD = define(
    "LAPTOP-003",
    zh="密码太短，至少 {least} 位。",
    en="The password is too short; {least} characters at least.",
    remedy_zh="可以用一句自己记得住的话。",
    remedy_en="A sentence you can remember will do.",
)
PRINT_FAILED = define(
    "PRINT-001",
    zh="打印机没有接受：{reason}。",
    en="The printer did not take it: {reason}.",
    remedy_zh="请检查打印机，或先存成 PDF 再打印。",
    remedy_en="Check the printer, or save a PDF and print that.",
)
NO_SUCH_LINE = define(
    "TYPE-001",
    zh="这一条已经不在待录入清单上，可能刚刚又有变化。",
    en="This line is no longer on the to-type list; it may just have changed.",
    remedy_zh="清单已经刷新，请看现在的内容再录。",
    remedy_en="Look at the list again and type what it says now.",
)
BAD_TYPING_FILE = define(
    "TYPE-002",
    zh="文件能打开，但里面不是待录入清单。",
    en="The file opens, but it holds no to-type list.",
    remedy_zh="请选从“待录入”存出的文件；两台电脑的程序版本应相同。",
    remedy_en="Choose a file saved from “To type”; both machines need the same version of the program.",
)
TASK_NEEDS_VISIT = define(
    "PLAN-001",
    zh="还没有见到人的走访记录，“{title}”不能算办结。",
    en="No visit has met anybody yet, so “{title}” cannot count as done.",
    remedy_zh="见到人后填一次走访（电话、微信也行）；没见到就如实记一次未遇。不用办了请选“不再办理”并写原因。",
    remedy_en="Enter the visit that met somebody, note the attempt, or drop the task with a reason.",
)
TASK_NEEDS_WORDS = define(
    "PLAN-002",
    zh="请写明{what}。",
    en="Please say {what_en}.",
    remedy_zh="写一句话就行，例如“已搬到县城，不再需要”。",
    remedy_en="One sentence will do.",
)
NO_SUCH_TASK = define(
    "PLAN-003",
    zh="这件事已经不在待办里，可能已由别人办结。",
    en="This task is no longer open; somebody may have closed it.",
    remedy_zh="待办已经刷新，请再看一眼。",
    remedy_en="Look at the tasks again.",
)
NO_SUCH_CAMPAIGN = define(
    "PLAN-004",
    zh="县里已经撤下这个活动。",
    en="The county has withdrawn this campaign.",
    remedy_zh="请同步一次，再看活动清单。",
    remedy_en="Sync and look at the campaigns again.",
)
NOTHING_TO_LOOK_AT = define(
    "PLAN-005",
    zh="还没有选要排查的农户。",
    en="No household is chosen to be looked at.",
    remedy_zh="用空格键选中几户，再安排排查。",
    remedy_en="Choose some with the space bar, then make the tasks.",
)
NOT_YOURS_TO_ASSIGN = define(
    "PLAN-006",
    zh="同类排查由村级信息员或乡镇安排。",
    en="The village clerk or the town has households looked at.",
    remedy_zh="在问题与整改单上把“举一反三排查同类问题”选“是”，信息员同步后就能看到。",
    remedy_en="Answer yes to “look for the same elsewhere” on the form; the clerk sees it after a sync.",
)
NOT_PASSABLE = define(
    "FIND-001",
    zh="选中的都是错误，不能写说明放过。",
    en="What is chosen are errors; they cannot be passed.",
    remedy_zh="错误要改正：打开这一条，把标出的项目改对。",
    remedy_en="Open the finding and mend the field it names.",
)
NO_REASON = define(
    "FIND-002",
    zh="请写明核实的情况，不超过 {most} 字。",
    en="Say what was verified, in at most {most} characters.",
    remedy_zh="比如“已入户核实，外孙由外祖父母抚养”。",
    remedy_en="For example: verified at the door, the grandson lives with them.",
)
NOT_THE_CLERK = define(
    "GATE-001",
    zh="待确认的变更由村级信息员处理。",
    en="The village clerk decides proposed changes.",
    remedy_zh="请等信息员处理，同步后会看到结果。",
    remedy_en="Wait for the clerk; the result comes with a sync.",
)
NO_SUCH_PROPOSAL = define(
    "GATE-002",
    zh="这条变更已经处理过，或刚刚被撤回。",
    en="This change was decided already, or has just been taken back.",
    remedy_zh="列表已经刷新，请看现在还有哪些。",
    remedy_en="Look at the list again.",
)
NO_COMMENT = define(
    "GATE-003",
    zh="还没有写意见。",
    en="There is no comment yet.",
    remedy_zh="请写一句为什么退回或更正，帮扶责任人好照着改。",
    remedy_en="Say in a sentence why, so that the helper can mend it.",
)
MERGE_NOT_POSSIBLE = define(
    "MERGE-001",
    zh="这两条记录现在不能合并或拆开：可能已经合并过，或有一条已注销。",
    en="These records cannot be merged or taken apart now: one is merged or gone already.",
    remedy_zh="请回到列表重新打开，看看现在的情况。",
    remedy_en="Go back to the list and look again.",
)
MERGE_NOT_YOURS = define(
    "MERGE-002",
    zh="合并人员由村级信息员或乡镇来做。",
    en="Merging persons is for the village clerk or the township.",
    remedy_zh="请把这两条记录告诉信息员；确认不是同一个人的，可以写明原因。",
    remedy_en="Tell the clerk which records they are; you may say that they are two persons.",
)
MERGE_CHANGED = define(
    "MERGE-003",
    zh="合并以后，{fields}又改过，撤销会丢掉新的内容，所以没有撤销。",
    en="Since the merge these were changed: {fields_en}; undoing would lose that, so nothing was undone.",
    remedy_zh="请先把改过的项目核对清楚；需要时手工新增成员，再改正各项。",
    remedy_en="Check what was changed; if needed, add the member by hand and correct the facts.",
)
NO_RECEIVER = define(
    "GPS-001",
    zh="没有找到定位设备。",
    en="No GPS receiver was found.",
    remedy_zh="请插好 USB 定位器（或连上蓝牙定位器）再试；也可以照着手机上的经纬度手工填。",
    remedy_en="Plug the receiver in and try again, or type the position a phone shows.",
)
NO_FIX = define(
    "GPS-002",
    zh="定位设备连上了，但还没有收到卫星信号。",
    en="The receiver answers, but it sees no satellites yet.",
    remedy_zh="请到屋外开阔处等一两分钟再试；也可以手工填。",
    remedy_en="Wait a minute or two under the open sky and try again, or type the position.",
)
RECEIVER_BUSY = define(
    "GPS-003",
    zh="定位设备打不开，可能正被别的程序使用。",
    en="The receiver's port cannot be opened; another program may be using it.",
    remedy_zh="请关掉其他地图或定位软件，拔下来重插一次再试。",
    remedy_en="Close other map programs, plug the receiver in anew and try again.",
)
NO_CORRECTION = define(
    "CORR-001",
    zh="这次更正不在本机，不能在这里撤销。",
    en="This correction was not made on this laptop and cannot be undone here.",
    remedy_zh="请在农户页把这一项改回原来的值，写明原因。",
    remedy_en="Correct the fact at its household, with a reason.",
)
CHANGED_SINCE = define(
    "CORR-002",
    zh="更正以后，{fields}又改过，撤销会丢掉新的内容，所以没有撤销。",
    en="Since the correction {fields_en} was changed again; undoing would lose that, so nothing was undone.",
    remedy_zh="请看这一项的来历；确实要改回的，在农户页更正并写明原因。",
    remedy_en="Look at the fact's history; correct it at its household if it is wrong.",
)
REASON_WANTED = define(
    "CORR-003",
    zh="请写明更正的原因。",
    en="Say why it is corrected.",
    remedy_zh="比如“录错”“村里核对后统一更正”，不超过 500 字。",
    remedy_en="For example: typed wrong, checked by the village.",
)
NOTHING_TO_COPY = define(
    "VISIT-011",
    zh="这台电脑上没有这户以前填的走访，没有可照抄的。",
    en="No earlier visit of this household was filled in on this laptop; there is nothing to copy.",
    remedy_zh="请用“现场走访”新填一份，登记册里的内容会自动带出来。",
    remedy_en="Begin a new visit; what the register knows is filled in by itself.",
)
MEANING_MISSING = define(
    "LIST-001",
    zh="还缺：{what}。",
    en="Still missing: {what_en}.",
    remedy_zh="请在左边给相应的列选上意思，或补上月份、项目，再检查一次。",
    remedy_en="Choose the meaning of the columns, or fill in month and item, and check again.",
)
SHEET_WAITS = define(
    "LIST-002",
    zh="这一批还在等村级信息员确认，登记册里还没有，不用在这里撤回。",
    en="This sheet still waits for the village clerk; nothing of it is in the register to take back.",
    remedy_zh="请到“待确认”（我报的变更）里选中撤回，或者请信息员退回。",
    remedy_en="Put the lines away under “My changes”, or ask the clerk to send them back.",
)
NOT_YOUR_LIST = define(
    "SUBMIT-001",
    zh="名单由村级信息员、乡镇或县里提交。",
    en="Lists are handed up by the village clerk, the town or the county.",
    remedy_zh="请把名单导出来，交给村级信息员核对后提交。",
    remedy_en="Export the list and give it to the village clerk.",
)
NO_NAME_FOR_LIST = define(
    "SUBMIT-002",
    zh="提交的名单要有名称，也要有农户。",
    en="A list that is handed up needs a name and households.",
    remedy_zh="请先写名称，如“2026年11月低收入脱贫户名单”；没有要列的就不用提交。",
    remedy_en="Give it a name first; an empty list need not be handed up.",
)
