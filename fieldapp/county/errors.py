"""Known errors of the county server: what its administrator can cause or mend."""

from __future__ import annotations

from fieldapp.common.errors import define

__all__ = [
    "ALREADY_A_COUNTY",
    "DAMAGED_KEYS",
    "DATABASE_DOWN",
    "FORM_EXISTS",
    "NOT_A_COUNTY",
    "NO_SUCH_DEVICE",
    "NO_SUCH_STAFF",
    "OTHER_SCHEMA",
    "PORT_TAKEN",
    "WEAK_PASSWORD",
    "WRONG_ADMIN",
]

ALREADY_A_COUNTY = define(
    "COUNTY-001",
    zh="「{folder}」里已经有一个县级服务，没有改动。",
    en="“{folder}” already holds a county server; nothing was changed.",
    remedy_zh="请直接启动，或换一个空文件夹。",
    remedy_en="Start it as it is, or choose an empty folder.",
)
NOT_A_COUNTY = define(
    "COUNTY-002",
    zh="「{folder}」里没有县级服务。",
    en="“{folder}” holds no county server.",
    remedy_zh="请先运行 county init，或核对文件夹。",
    remedy_en="Run “county init” first, or check the folder.",
)
DAMAGED_KEYS = define(
    "COUNTY-003",
    zh="县级密钥打不开：密钥文件缺失、损坏，或不是这个县的。",
    en="The county's keys cannot be opened: the key file is missing, damaged, or another county's.",
    remedy_zh="请从备份恢复 keys 文件夹，或用 --key-file 指定密钥文件。不要重新初始化。",
    remedy_en="Restore the folder “keys” from the backup, or name the key file. Do not initialise again.",
)
OTHER_SCHEMA = define(
    "COUNTY-004",
    zh="数据库版本是 {found}，本程序需要 {wanted}。",
    en="The database has version {found}; this program needs {wanted}.",
    remedy_zh="请使用相应版本的程序，升级前先备份。",
    remedy_en="Use the matching program; back up before an upgrade.",
)
WEAK_PASSWORD = define(
    "COUNTY-005",
    zh="管理员密码太短，至少要 {least} 位。",
    en="The administrator's password is too short: at least {least} characters.",
    remedy_zh="请换一个长一点、好记的短语。",
    remedy_en="Choose a longer phrase.",
)
WRONG_ADMIN = define(
    "COUNTY-006",
    zh="管理员姓名或密码不对。",
    en="Wrong administrator or password.",
    remedy_zh="请核对后再试。",
    remedy_en="Check and try again.",
)
NO_SUCH_STAFF = define(
    "COUNTY-007",
    zh="县里没有编号为 {staff} 的干部。",
    en="The county has no cadre with the number {staff}.",
    remedy_zh="请先导入干部名单，再发登记码。",
    remedy_en="Import the list of cadres first, then issue the code.",
)
NO_SUCH_DEVICE = define(
    "COUNTY-008",
    zh="县里没有登记过这台电脑（{device}）。",
    en="The county has no such laptop ({device}).",
    remedy_zh="请用 county devices 查看登记的电脑。",
    remedy_en="See “county devices” for the enrolled ones.",
)
DATABASE_DOWN = define(
    "COUNTY-009",
    zh="连不上县级数据库。",
    en="The county's database cannot be reached.",
    remedy_zh="请检查数据库服务和连接地址。",
    remedy_en="Check the database service and its address.",
)
PORT_TAKEN = define(
    "COUNTY-010",
    zh="端口 {port} 已被占用，服务没有启动。",
    en="Port {port} is in use; the server did not start.",
    remedy_zh="请关掉另一个服务，或用 --port 换一个端口。",
    remedy_en="Stop the other one, or choose another port.",
)
FORM_EXISTS = define(
    "COUNTY-011",
    zh="表「{form}」的版本 {version} 已经发布过，内容不同，没有改动。",
    en="Version {version} of the form “{form}” was published with other content; nothing was changed.",
    remedy_zh="已发布的表不能改，请换一个版本号再发布。",
    remedy_en="A published form never changes; publish under a new version.",
)
BROKEN_POLICY = define(
    "COUNTY-045",
    zh="政策文件「{file}」没有发布：{reason}。",
    en="The policy file “{file}” was not published: {reason_en}.",
    remedy_zh="请改好这一处再发布；原来的政策没有变。",
    remedy_en="Mend it and publish again; the policy in force was not touched.",
)
