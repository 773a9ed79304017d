"""What can go wrong with the vault, in the words a cadre reads. Codes are never reused for another meaning."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "ANSWER_DOES_NOT_FIT",
    "ATTACHMENT_DAMAGED",
    "ATTACHMENT_MISSING",
    "BACKUP_DAMAGED",
    "CHALLENGE_DAMAGED",
    "CHANGED_AT_REST",
    "CLOSED",
    "DATABASE_DAMAGED",
    "DATABASE_FOREIGN",
    "DATABASE_MISSING",
    "DATABASE_PLAIN",
    "DRAFT_DAMAGED",
    "DRAFT_MISSING",
    "EMPTY_PASSWORD",
    "GROUP_MISTYPED",
    "JOURNAL_BROKEN",
    "KEYS_DAMAGED",
    "KEYS_MISSING",
    "FILE_DAMAGED",
    "FILE_NEWER",
    "FILE_TOO_LARGE",
    "KEYS_NEWER",
    "LOCKED",
    "NOT_A_SEALED_FILE",
    "NO_RECOVERY",
    "NO_VAULT",
    "ROLLED_BACK",
    "TOO_MANY_TRIES",
    "VAULT_EXISTS",
    "WRONG_PASSPHRASE",
    "WRONG_PASSWORD",
]

VAULT_EXISTS = define(
    "VAULT-001",
    zh="文件夹「{folder}」里已经有数据，没有覆盖。",
    en="The folder “{folder}” already holds data; nothing was overwritten.",
    remedy_zh="请直接用密码登录；要另建一份，请换一个空文件夹。",
    remedy_en="Log in with the password, or choose an empty folder to start another one.",
)
NO_VAULT = define(
    "VAULT-002",
    zh="文件夹「{folder}」里没有找到本程序的数据。",
    en="There is no data of this program in the folder “{folder}”.",
    remedy_zh="请确认文件夹选对了；第一次使用请先登记本机；有备份的可以恢复备份。",
    remedy_en="Check the folder; on first use enrol this laptop; or restore a backup.",
)
WRONG_PASSWORD = define(
    "VAULT-003",
    zh="密码不对。",
    en="The password is not right.",
    remedy_zh="请看一下大小写和输入法再试；实在想不起来，可以请县里帮忙找回。",
    remedy_en="Check capitals and the input method, then try again; the county can help to recover it.",
)
TOO_MANY_TRIES = define(
    "VAULT-004",
    zh="密码输错了 {count} 次，请等 {wait_s} 秒再试。",
    en="{count} wrong passwords; please wait {wait_s} seconds.",
    remedy_zh="数据没有被锁死，等一会儿就能再试；忘了密码可以请县里帮忙找回。",
    remedy_en="Nothing is locked for good: wait and try again, or ask the county to recover the password.",
)
KEYS_DAMAGED = define(
    "VAULT-005",
    zh="密钥文件「{path}」损坏，读不出来（{reason}）。",
    en="The key file “{path}” is damaged ({reason}).",
    remedy_zh="请不要删除任何文件，从最近的备份恢复，或联系县信息中心。",
    remedy_en="Delete nothing; restore the latest backup or ask the county's IT office.",
)
KEYS_NEWER = define(
    "VAULT-006",
    zh="这份数据是用更新的程序或别的加密方式建立的（{found}），本程序打不开。",
    en="This data was made by a newer program or with another cipher suite ({found}).",
    remedy_zh="请先升级本程序，再打开数据。",
    remedy_en="Update this program first.",
)
KEYS_MISSING = define(
    "VAULT-007",
    zh="数据还在，但密钥文件「{path}」不见了，没有它谁也打不开。",
    en="The data is there but its key file “{path}” is missing; nobody can open it without.",
    remedy_zh="请从备份恢复；不要新建，以免覆盖。",
    remedy_en="Restore a backup; do not create a new one in its place.",
)
DATABASE_MISSING = define(
    "VAULT-008",
    zh="密钥文件还在，但数据库「{path}」不见了。程序没有新建空库来顶替它。",
    en="The key file is there but the database “{path}” is missing; no empty one was put in its place.",
    remedy_zh="请看看是不是被移走或被杀毒软件隔离了；找不到就从备份恢复。",
    remedy_en="See whether it was moved or quarantined by an antivirus program; otherwise restore a backup.",
)
DATABASE_PLAIN = define(
    "VAULT-009",
    zh="「{path}」是没有加密的数据库，不是本程序的数据，没有打开，也没有改动。",
    en="“{path}” is an unencrypted database, not this program's; it was neither opened nor changed.",
    remedy_zh="请从备份恢复，并告诉县信息中心：文件可能被换过。",
    remedy_en="Restore a backup and tell the county's IT office: the file may have been replaced.",
)
DATABASE_FOREIGN = define(
    "VAULT-010",
    zh="「{path}」打不开：密码是对的，但这个数据库不是它的，或者文件头损坏了。文件没有改动。",
    en="“{path}” does not open: the password is right, but the database belongs elsewhere or its head is damaged.",
    remedy_zh="请从备份恢复，原文件留着不要删，联系县信息中心。",
    remedy_en="Restore a backup, keep the file, and ask the county's IT office.",
)
ROLLED_BACK = define(
    "VAULT-011",
    zh="数据被换成了旧的：本机记得写到第 {expected} 条，库里只到第 {found} 条或与之不符。",
    en="The data was replaced by an older one: this laptop remembers entry {expected}, the database has {found} or differs.",
    remedy_zh="如果是您自己恢复了备份，请选「使用这份数据」；不是的话，请先联系县信息中心。",
    remedy_en="If you restored a backup, choose “use this data”; if not, ask the county's IT office first.",
)
JOURNAL_BROKEN = define(
    "VAULT-012",
    zh="修改记录的链条在第 {seq} 条断了，库里的内容可能被改过或损坏。",
    en="The chain of recorded changes breaks at entry {seq}; the database may be damaged or altered.",
    remedy_zh="请先做一份备份留底，再从更早的好备份恢复，并联系县信息中心。",
    remedy_en="Keep a copy, restore an earlier good backup and ask the county's IT office.",
)
LOCKED = define(
    "VAULT-013",
    zh="数据正被另一个窗口或程序占用。",
    en="The data is in use by another window or program.",
    remedy_zh="请关掉另一个窗口（或等杀毒、同步软件放开），再试一次。",
    remedy_en="Close the other window (or wait for the antivirus or sync program) and try again.",
)
DATABASE_DAMAGED = define(
    "VAULT-014",
    zh="数据库「{path}」有损坏（{reason}）。",
    en="The database “{path}” is damaged ({reason}).",
    remedy_zh="请不要继续录入；从最近的备份恢复，原文件留着，联系县信息中心。",
    remedy_en="Do not go on typing; restore the latest backup, keep the file, ask the county's IT office.",
)
ATTACHMENT_MISSING = define(
    "VAULT-015",
    zh="附件 {id} 的文件不见了。",
    en="The file of attachment {id} is missing.",
    remedy_zh="请从备份里找回，或重新拍摄。",
    remedy_en="Take it from a backup or capture it again.",
)
ATTACHMENT_DAMAGED = define(
    "VAULT-016",
    zh="附件 {id} 的文件损坏、不完整或被换过，没有显示。",
    en="The file of attachment {id} is damaged, incomplete or replaced; it was not shown.",
    remedy_zh="请从备份里找回，或重新拍摄。",
    remedy_en="Take it from a backup or capture it again.",
)
DRAFT_MISSING = define(
    "VAULT-017",
    zh="没有这份草稿。",
    en="There is no such draft.",
    remedy_zh="请回到走访页重新打开。",
    remedy_en="Open the visit again from its page.",
)
DRAFT_DAMAGED = define(
    "VAULT-018",
    zh="一份草稿的文件损坏、不完整或被换过，没有打开。",
    en="The file of a draft is damaged, incomplete or replaced; it was not opened.",
    remedy_zh="请重新填写这一户；其他草稿和已保存的走访不受影响。",
    remedy_en="Fill this visit in again; other drafts and saved visits are not affected.",
)
EMPTY_PASSWORD = define(
    "VAULT-019",
    zh="密码不能为空，也不能超过 {most} 个字。",
    en="The password must not be empty nor longer than {most} characters.",
    remedy_zh="请设一个自己记得住、别人猜不到的密码。",
    remedy_en="Choose one you remember and others cannot guess.",
)
NO_RECOVERY = define(
    "VAULT-020",
    zh="这份数据没有登记县里的找回密钥，或没有正在进行的找回。",
    en="No county recovery key is registered for this data, or no recovery was started.",
    remedy_zh="请先在登录页点「请县里帮忙找回」；没有登记过的只能用密码或备份。",
    remedy_en="Start the recovery from the log-in page first; without a recovery key only password or backup helps.",
)
CHALLENGE_DAMAGED = define(
    "VAULT-021",
    zh="找回申请读不出来，或不是给这把找回密钥的。",
    en="The recovery request is unreadable or not meant for this recovery key.",
    remedy_zh="请让对方重新发一次申请，并核对找回密钥卡片。",
    remedy_en="Have the request sent again and check the recovery card.",
)
ANSWER_DOES_NOT_FIT = define(
    "VAULT-022",
    zh="县里的答复与本机这次的申请对不上。",
    en="The county's answer does not fit this laptop's request.",
    remedy_zh="请核对是不是最近一次申请的答复；必要时重新申请。",
    remedy_en="Make sure it answers the latest request; ask again if needed.",
)
GROUP_MISTYPED = define(
    "VAULT-023",
    zh="第 {group} 组数字抄错了或漏了。",
    en="Group {group} of the digits is mistyped or missing.",
    remedy_zh="请对照再抄一遍这一组，每组 {digits} 位。",
    remedy_en="Read this group again; each group has {digits} digits.",
)
BACKUP_DAMAGED = define(
    "VAULT-024",
    zh="备份「{path}」损坏、不完整或不是本程序的备份（{reason}）。",
    en="The backup “{path}” is damaged, incomplete or not of this program ({reason}).",
    remedy_zh="请换另一份备份；原有数据没有改动。",
    remedy_en="Use another backup; existing data was not touched.",
)
CLOSED = define(
    "VAULT-025",
    zh="数据已经上锁。",
    en="The data is locked.",
    remedy_zh="请重新登录。",
    remedy_en="Log in again.",
)
CHANGED_AT_REST = define(
    "VAULT-026",
    zh="上次正常退出以后，数据文件在程序之外被改动或换过。",
    en="The data was changed or replaced from outside since the program was last closed.",
    remedy_zh="如果是您自己恢复了备份，请选「使用这份数据」；不是的话，请先联系县信息中心。",
    remedy_en="If you restored a backup, choose “use this data”; if not, ask the county's IT office first.",
)
NOT_A_SEALED_FILE = define(
    "VAULT-027",
    zh="这不是加密的待录入清单文件。",
    en="This is no sealed to-type list.",
    remedy_zh="请选从“待录入”存出的 .fatl 文件。",
    remedy_en="Choose the .fatl file that was saved from “To type”.",
)
WRONG_PASSPHRASE = define(
    "VAULT-028",
    zh="文件口令不对。",
    en="The passphrase of the file is wrong.",
    remedy_zh="请核对大小写再输一次；口令是存文件时设的，忘了就重新存一份。",
    remedy_en="Check upper and lower case; it was set when the file was saved. If it is lost, save the file again.",
)
FILE_DAMAGED = define(
    "VAULT-029",
    zh="文件不完整或被改动过，没有打开。",
    en="The file is incomplete or was altered; it was not opened.",
    remedy_zh="请重新拷贝一次，或重新存一份。",
    remedy_en="Copy it again, or save it again.",
)
FILE_TOO_LARGE = define(
    "VAULT-030",
    zh="文件超过 {most_mb} MB，没有处理。",
    en="The file is larger than {most_mb} MB.",
    remedy_zh="请少选一些村再存。",
    remedy_en="Save fewer villages at a time.",
)
FILE_NEWER = define(
    "VAULT-031",
    zh="这个文件是更新版本的程序存的（第 {found} 版格式）。",
    en="The file was saved by a newer program (format {found}).",
    remedy_zh="请在这台电脑上也更新程序。",
    remedy_en="Update the program on this machine too.",
)
