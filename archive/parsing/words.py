"""The words and marks that rules look for. Data: extend these rather than the rules.

Traditional forms stand beside the simplified ones, half-width marks (OCR) beside the full-width.
"""

from __future__ import annotations

#: Marks that end a sentence.
CLOSING = frozenset("。！？!?…")
#: Marks that close a quotation or bracket; a sentence has ended when one of CLOSING stands inside.
CLOSERS = frozenset("”’」』）)〉》】\"'〗]")
#: Marks after which a paragraph may end: before a list, between its items.
HALF_CLOSING = frozenset("：:；;.")
#: Marks that no line of a heading ends on.
NEVER_ENDS_HEADING = frozenset("，,、；;。（(《“‘「『—-")
#: Marks that can't begin anything.
NEVER_BEGINS = frozenset("，,、；;。！？!?”’」』）)》〉…%％℃")

#: Marks that may not begin a line (避头尾), so that they cling to the character before.
CLINGING = "，。、；：？！）》」』”’…—〉】,.;:!?)%％"
#: Marks that can be squeezed by half an em (标点挤压).
SQUEEZED = frozenset("，。、；：？！）》」』”’〉】（《「『“‘,;:")

#: Function words on which neither heading nor sentence ends.
HANGING = frozenset("的和与及在把被将既又且并或而于其该此之很最每各")

ARROWS = "⬆⬇⬅➡↑↓←→▲▼◀▶△▽◁▷"
#: Arrows that more often begin an item than point at a picture.
ARROWS_OR_BULLETS = frozenset("△▽◁▷")
BULLETS = "■□●○◎◆◇★☆▲△•"

#: Who files: 记者, 通讯员 …; the longer forms first.
REPORTER_TITLES = (
    "见习记者",
    "實習記者",
    "实习记者",
    "特约记者",
    "首席记者",
    "特派记者",
    "全媒体记者",
    "全媒体见习记者",
    "融媒记者",
    "實習生",
    "融媒体记者",
    "文字记者",
    "摄影记者",
    "攝影記者",
    "实习生",
    "实习编辑",
    "评论员",
    "記者",
    "记者",
    "编辑",
)
CORRESPONDENT_TITLES = (
    "特约通讯员",
    "特約通訊員",
    "通讯员",
    "通訊員",
    "特约撰稿人",
    "特约撰稿",
    "撰稿人",
)

#: Titles of those who only helped: named in a byline, but not as its reporters.
TRAINEE_TITLES = frozenset({"实习生", "实习编辑", "實習生"})

#: How column labels end that no list can name them all.
LABEL_ENDINGS = (
    "关注",
    "在线",
    "聚焦",
    "观察",
    "视点",
    "之窗",
    "天地",
    "速递",
    "直击",
    "热线",
    "广角",
    "走笔",
    "视野",
    "动态",
    "简讯",
    "资讯",
    "纪实",
    "故事",
    "风采",
    "传真",
    "论坛",
    "茶座",
    "周刊",
    "专版",
    "专栏",
    "快报",
    "播报",
    "进行时",
    "在行动",
    "看台",
    "平台",
    "之声",
    "时空",
    "瞭望",
    "速览",
    "集锦",
    "点击",
    "扫描",
    "链接",
    "声音",
    "快讯",
    "短讯",
    "点评",
    "热议",
    "追踪",
    "新闻",
    "回音",
    "问政",
    "连线",
    "说法",
    "百态",
)

#: How names of places and bodies end, which stand as kickers.
OFFICE_ENDINGS = (
    *"县区市省乡镇村局委办院校厂所站处科部厅社司会团队馆道縣區鄉鎮廳",
    "中心",
    "小学",
    "中学",
    "大学",
    "小學",
    "中學",
    "大學",
)

#: Titles of notices, which are articles however short their title and without an opening.
NOTICE_TITLES = (
    "公告",
    "公示",
    "通告",
    "启事",
    "声明",
    "更正",
    "致歉",
    "通知",
    "讣告",
    "通报",
    "一封信",
    "公开信",
    "倡议书",
)

#: What a subheadline adds: who was there, how much it was.
PRESENCE = ("出席", "主持", "讲话", "致辞", "陪同", "参加", "出席并", "作报告")

#: Recurring column labels (栏目) as printed above or beside an article.
COLUMN_LABELS = frozenset(
    {
        "项目建设",
        "要闻",
        "简讯",
        "短讯",
        "快讯",
        "简明新闻",
        "图片新闻",
        "新闻图片",
        "一句话新闻",
        "今日关注",
        "今日看点",
        "本报评论",
        "社论",
        "时评",
        "言论",
        "短评",
        "快评",
        "党建引领",
        "基层党建",
        "乡村振兴",
        "招商引资",
        "营商环境",
        "平安建设",
        "文明创建",
        "疫情防控",
        "防汛救灾",
        "灾后重建",
        "民生",
        "民生实事",
        "经济",
        "科技",
        "教育",
        "文化",
        "体育",
        "健康",
        "法治",
        "社会",
        "综合",
        "综合新闻",
        "国内新闻",
        "国际新闻",
        "国际",
        "国内",
        "国际要闻",
        "国内要闻",
        "本地新闻",
        "时政",
        "时事",
        "聚焦",
        "焦点",
        "热点",
        "导读",
        "今日导读",
        "要闻导读",
        "本版导读",
        "国内国际",
        "关注",
        "特写",
        "通讯",
        "人物",
        "人物特写",
        "副刊",
        "服务",
        "便民服务",
        "记者观察",
        "记者手记",
        "图说",
        "图片报道",
        "摄影报道",
        "新闻速递",
        "动态",
        "工作动态",
        "部门动态",
        "乡镇动态",
        "街道动态",
        "信息快递",
        "党史学习教育",
        "万人助万企",
        "身边好人",
        "最美焦作人",
        "榜样",
        "典型",
        "经验交流",
        "新春走基层",
        "在希望的田野上",
        "新时代新征程",
        "喜迎二十大",
    }
)

#: Ends of a 引题 that introduces what its headline says.
KICKER_ENDINGS = (
    "强调",
    "指出",
    "要求",
    "表示",
    "提出",
    "认为",
    "时说",
    "时指出",
    "时强调",
    "强調",
    "披露",
    "透露",
    "宣布",
    "呼吁",
    "：",
    ":",
)

#: Words that open a sentence of a text, seldom a heading.
SENTENCE_OPENERS = (
    "今年",
    "去年",
    "日前",
    "近日",
    "近年来",
    "近年",
    "连日来",
    "昨日",
    "昨天",
    "今天",
    "今日",
    "当天",
    "当日",
    "据了解",
    "据悉",
    "据介绍",
    "此外",
    "同时",
    "目前",
    "截至",
    "下一步",
    "随后",
    "其中",
    "会议",
    "活动",
    "每到一处",
    "为了",
    "为进一步",
    "为切实",
    "在此",
    "该",
    "这",
    "他",
    "她",
    "它",
    "我们",
    "但",
    "然而",
    "而",
    "因此",
    "所以",
    "不过",
    "另外",
    "与此同时",
    "记者",
    "笔者",
    "编辑同志",
)

#: A single-character surname begins most names; enough to tell 张佳利 from a word.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉"
    "宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧"
    "殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴商牟佘"
    "佴伯赏墨哈谯笪年爱阳佟闫肖付代邸覃甯展苟仝税冼肇鹿位初由原楚信钦兰亓来兀战撒宇仵呼但宛"
    "張陳楊許馮蔣韓呂嚴華謝鄒蘇葛範魯韋馬鳳鮑費賀倪湯羅畢鄔樂時齊顧黃蕭紀項祝閔賈婁顏郭鐘駱萬盧莫應單陸榮豐遊關劉葉龍黎譚聞莊喬溫連習歐"
)
COMPOUND_SURNAMES = frozenset(
    {
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "呼延",
        "令狐",
        "歐陽",
        "司馬",
        "東方",
        "諸葛",
    }
)
