<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Agreement</name>
    <message>
        <source>请本人看：同意让他人替您办吗？</source>
        <translation>To the person concerned: do you agree?</translation>
    </message>
    <message>
        <source>正在请省里核对，请等一等。</source>
        <translation>Asking the province. One moment, please.</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>同意，继续</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>帮办人</source>
        <translation>Helper</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>Person concerned</translation>
    </message>
</context>
<context>
    <name>AidsBar</name>
    <message>
        <source>放大</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>简洁列表</source>
        <translation>Plain list</translation>
    </message>
    <message>
        <source>再听一遍</source>
        <translation>Read again</translation>
    </message>
    <message>
        <source>说慢一点</source>
        <translation>Slower</translation>
    </message>
    <message>
        <source>说快一点</source>
        <translation>Faster</translation>
    </message>
    <message>
        <source>遮屏</source>
        <translation>Screen off</translation>
    </message>
    <message>
        <source>手语</source>
        <translation>Signing</translation>
    </message>
    <message>
        <source>放大镜</source>
        <translation>Lens</translation>
    </message>
    <message>
        <source>大鼠标</source>
        <translation>Pointer</translation>
    </message>
    <message>
        <source>辅助线</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>长者版</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>语音</source>
        <translation>Speech</translation>
    </message>
    <message>
        <source>配色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>低位操作</source>
        <translation>Lower</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>人工帮助</source>
        <translation>Help</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>Attract</name>
    <message>
        <source>本机现在可办 %1 项业务</source>
        <translation>%1 matters can be done here now</translation>
    </message>
    <message>
        <source>大家常办</source>
        <translation>Often done here</translation>
    </message>
</context>
<context>
    <name>Candidates</name>
    <message>
        <source>前页</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>后页</source>
        <translation>Further</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>请核对，都对了再继续</source>
        <translation>Please check before you go on</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>接着核对</source>
        <translation>Check on</translation>
    </message>
    <message>
        <source>到窗口接着办</source>
        <translation>Go on at a window</translation>
    </message>
</context>
<context>
    <name>DateDisplay</name>
    <message>
        <source>%1 年 %2 月 %3 日</source>
        <translation>year %1, month %2, day %3</translation>
    </message>
    <message>
        <source>年</source>
        <translation>year</translation>
    </message>
    <message>
        <source>月</source>
        <translation>month</translation>
    </message>
    <message>
        <source>日</source>
        <translation>day</translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>Face</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>不刷脸，换一种方式</source>
        <translation>Not my face: another way</translation>
    </message>
</context>
<context>
    <name>FaceConsent</name>
    <message>
        <source>刷脸怎么用：全文</source>
        <translation>Comparing faces: the whole text</translation>
    </message>
    <message>
        <source>要用刷脸核对吗？</source>
        <translation>Confirm with your face?</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>同意刷脸</source>
        <translation>Compare my face</translation>
    </message>
    <message>
        <source>不刷脸，换一种方式</source>
        <translation>Not my face: another way</translation>
    </message>
    <message>
        <source>看全文</source>
        <translation>Read it all</translation>
    </message>
</context>
<context>
    <name>Farewell</name>
    <message>
        <source>您的信息已从本机清除</source>
        <translation>Your data is cleared from here</translation>
    </message>
    <message>
        <source>正在清除您的信息</source>
        <translation>Clearing your data</translation>
    </message>
    <message>
        <source>请带好证件和单据，慢走。</source>
        <translation>Please take your card and papers. Goodbye.</translation>
    </message>
    <message>
        <source>谢谢您来，慢走。</source>
        <translation>Thank you for coming. Goodbye.</translation>
    </message>
    <message>
        <source>除了没填完的，都已从本机清除</source>
        <translation>Cleared from this machine, but for what you began</translation>
    </message>
    <message>
        <source>我拿好了</source>
        <translation>I have it all</translation>
    </message>
    <message>
        <source>拿好身份证</source>
        <translation>Take your card</translation>
    </message>
    <message>
        <source>拿好两张卡</source>
        <translation>Take both cards</translation>
    </message>
    <message>
        <source>拿好社保卡</source>
        <translation>Take your social-security card</translation>
    </message>
    <message>
        <source>取走凭条</source>
        <translation>Take your slip</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>要几步</source>
        <translation>Steps</translation>
    </message>
    <message>
        <source>%1 步</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>要多久</source>
        <translation>Takes about</translation>
    </message>
    <message>
        <source>约 %1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>您要带</source>
        <translation>You need</translation>
    </message>
    <message>
        <source>替别人办</source>
        <translation>For somebody else</translation>
    </message>
    <message>
        <source>办完带走</source>
        <translation>You leave with</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>打这个电话，有人帮您</source>
        <translation>Call this number, people will help</translation>
    </message>
    <message>
        <source>%1。按住任何一行，可以听。</source>
        <translation>%1. Press and hold any line to hear it.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>请人回电</source>
        <translation>Call me back</translation>
    </message>
    <message>
        <source>到窗口接着办</source>
        <translation>Go on at a window</translation>
    </message>
    <message>
        <source>现在</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>这里的管理人</source>
        <translation>Keeper here</translation>
    </message>
    <message>
        <source>管理人电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>人工窗口</source>
        <translation>Staffed window</translation>
    </message>
    <message>
        <source>开门时间</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>您替谁办？</source>
        <translation>Whom do you help?</translation>
    </message>
    <message>
        <source>两个人都要核对身份：先是您，再是本人。</source>
        <translation>Both of you sign in: first you, then the other person.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>您要办什么？</source>
        <translation>What would you like to do?</translation>
    </message>
    <message>
        <source>%1按住任何一行，可以听。</source>
        <translation>%1 Press and hold any line to hear it.</translation>
    </message>
    <message>
        <source>点一件。先告诉您要带什么、要多久，再开始。</source>
        <translation>Tap one. You first see what you need and how long it takes.</translation>
    </message>
</context>
<context>
    <name>InkField</name>
    <message>
        <source>手写区，用手指写一个字</source>
        <translation>Writing field: write one character with a finger</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>屏幕已遮住，点一下就恢复。</source>
        <translation>The screen is hidden. Touch it to see it again.</translation>
    </message>
</context>
<context>
    <name>MatterRow</name>
    <message>
        <source>带走：%1</source>
        <translation>You leave with %1</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>个人信息怎么用：全文</source>
        <translation>How your data is used, in full</translation>
    </message>
    <message>
        <source>先说清楚，再读您的证件</source>
        <translation>Before we read your card</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>同意，继续</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>看全文</source>
        <translation>Read it all</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>已选</source>
        <translation>Chosen</translation>
    </message>
</context>
<context>
    <name>OutOfService</name>
    <message>
        <source>本机暂停服务</source>
        <translation>This terminal is resting</translation>
    </message>
    <message>
        <source>地址的二维码</source>
        <translation>QR code of the address</translation>
    </message>
    <message>
        <source>用手机扫码，把地址放进地图找路。</source>
        <translation>Scan it with your phone, and put the address into a map.</translation>
    </message>
    <message>
        <source>着急的话，可以拨打 12345。</source>
        <translation>If it is urgent, please call 12345.</translation>
    </message>
    <message>
        <source>编号 %1</source>
        <translation>Code %1</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
    <message>
        <source>结束办理</source>
        <translation>End</translation>
    </message>
    <message>
        <source>往下看</source>
        <translation>Read on</translation>
    </message>
</context>
<context>
    <name>PagedColumn</name>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>第 %1 页，共 %2 页</source>
        <translation>Page %1 of %2</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>请稍等，不用再点。</source>
        <translation>One moment, no need to tap again.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>不填，下一步</source>
        <translation>Skip this</translation>
    </message>
    <message>
        <source>本机严禁处理国家秘密。</source>
        <translation>No state secrets on this machine.</translation>
    </message>
    <message>
        <source>图：材料平放在镜头下，有字的一面朝上</source>
        <translation>Picture: the paper lies flat under the camera, with its writing up</translation>
    </message>
    <message>
        <source>拍下的材料</source>
        <translation>The paper that was taken</translation>
    </message>
    <message>
        <source>自己写</source>
        <translation>Write it</translation>
    </message>
    <message>
        <source>手写、拼音或笔画</source>
        <translation>By finger, pinyin or strokes</translation>
    </message>
</context>
<context>
    <name>Rating</name>
    <message>
        <source>谢谢您的评价</source>
        <translation>Thank you for your rating</translation>
    </message>
    <message>
        <source>这次办事，您满意吗？</source>
        <translation>Were you satisfied?</translation>
    </message>
    <message>
        <source>是哪些地方呢？</source>
        <translation>What was it?</translation>
    </message>
    <message>
        <source>可以选几条，也可以不选，直接提交。</source>
        <translation>Choose some or none, then send.</translation>
    </message>
    <message>
        <source>您的评价已经记下。</source>
        <translation>Your rating has been noted.</translation>
    </message>
    <message>
        <source>评不评都可以，不影响您办的事。</source>
        <translation>You need not rate. It changes nothing for you.</translation>
    </message>
    <message>
        <source>办别的事</source>
        <translation>Another</translation>
    </message>
    <message>
        <source>不评价</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>提交评价</source>
        <translation>Send rating</translation>
    </message>
    <message>
        <source>您选了：%1</source>
        <translation>You chose: %1</translation>
    </message>
    <message>
        <source>改选</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>办别的事</source>
        <translation>Another</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>抄下凭条号，或拍下二维码，任何窗口都认。在别的机器也能补打凭条。</source>
        <translation>Note the number or photograph the code. Any window takes it, any machine prints the slip.</translation>
    </message>
    <message>
        <source>抄下凭条号，或拍下二维码，带到窗口。</source>
        <translation>Note the slip number or photograph the code, and take it to a window.</translation>
    </message>
    <message>
        <source>听凭条</source>
        <translation>Hear the slip</translation>
    </message>
    <message>
        <source>打印A4</source>
        <translation>Print on A4</translation>
    </message>
    <message>
        <source>到窗口接着办</source>
        <translation>Go on at a window</translation>
    </message>
    <message>
        <source>凭条号</source>
        <translation>Slip number</translation>
    </message>
    <message>
        <source>凭条的二维码</source>
        <translation>The slip&apos;s QR code</translation>
    </message>
    <message>
        <source>办件编号 %1</source>
        <translation>Case number %1</translation>
    </message>
    <message>
        <source>要一张凭条带走吗？</source>
        <translation>Would you like a slip to take along?</translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation>Print slip</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>先核对您的身份</source>
        <translation>Please show who you are</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>用手机扫的登录码</source>
        <translation>Sign-in code, to be scanned with a phone</translation>
    </message>
    <message>
        <source>正在识别，请稍等</source>
        <translation>Reading, one moment</translation>
    </message>
    <message>
        <source>请再登录一次，接着办</source>
        <translation>Sign in once more and go on</translation>
    </message>
    <message>
        <source>提交前再核对一次</source>
        <translation>Confirm once more before submitting</translation>
    </message>
    <message>
        <source>用电子营业执照扫这个码，点“确认登录”</source>
        <translation>Scan this with the licence app, then confirm</translation>
    </message>
    <message>
        <source>社保卡</source>
        <translation>Social card</translation>
    </message>
    <message>
        <source>插进卡槽，再用另一样核对</source>
        <translation>Put it in, then use one more way</translation>
    </message>
    <message>
        <source>到窗口办</source>
        <translation>Go to a window</translation>
    </message>
    <message>
        <source>请再来一次</source>
        <translation>Please try once more</translation>
    </message>
    <message>
        <source>请监护人核对身份</source>
        <translation>The guardian confirms</translation>
    </message>
    <message>
        <source>已准备好</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>现在用不了</source>
        <translation>Not available now</translation>
    </message>
    <message>
        <source>请换别的办法</source>
        <translation>Use another way</translation>
    </message>
    <message>
        <source>已核对过</source>
        <translation>Already confirmed</translation>
    </message>
    <message>
        <source>读好了，还要另一样</source>
        <translation>Read: one more proof</translation>
    </message>
    <message>
        <source>稍等</source>
        <translation>Wait</translation>
    </message>
    <message>
        <source>再试</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>换一种</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>可用</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>停用</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>已核对</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>读好了</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>平放在读卡区，别急着拿</source>
        <translation>Flat on the reader, leave it there</translation>
    </message>
    <message>
        <source>电子营业执照</source>
        <translation>Business licence</translation>
    </message>
    <message>
        <source>把码对着扫码窗</source>
        <translation>Hold it over the window</translation>
    </message>
    <message>
        <source>打开电子营业执照，把码对着扫码窗</source>
        <translation>Open its code and hold it to the scanner</translation>
    </message>
    <message>
        <source>手机扫</source>
        <translation>Scan this</translation>
    </message>
    <message>
        <source>用手机扫这个码，点“确认登录”</source>
        <translation>Scan this code with your phone, then confirm</translation>
    </message>
    <message>
        <source>身份证</source>
        <translation>ID card</translation>
    </message>
    <message>
        <source>手机码</source>
        <translation>Phone code</translation>
    </message>
</context>
<context>
    <name>SignedClip</name>
    <message>
        <source>手语</source>
        <translation>Signing</translation>
    </message>
</context>
<context>
    <name>StaffDoor</name>
    <message>
        <source>工作人员</source>
        <translation>Staff</translation>
    </message>
</context>
<context>
    <name>StaffSignIn</name>
    <message>
        <source>工作人员登录</source>
        <translation>Staff sign-in</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>8 位到访码</source>
        <translation>Visit code, 8 figures</translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>正在准备</source>
        <translation>Getting ready</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>TextDisplay</name>
    <message>
        <source>写了 %1 个字，最多 %2 个</source>
        <translation>%1 characters of at most %2</translation>
    </message>
</context>
<context>
    <name>TopLine</name>
    <message>
        <source>%1，您好</source>
        <translation>Hello, %1</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message>
        <source>还要继续吗？</source>
        <translation>Would you like to go on?</translation>
    </message>
    <message>
        <source>%1 秒后为您结束，并清除您的信息。</source>
        <translation>In %1 seconds it ends and your data is cleared.</translation>
    </message>
    <message>
        <source>结束办理</source>
        <translation>End</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>WritingPanel</name>
    <message>
        <source>手写</source>
        <translation>Draw</translation>
    </message>
    <message>
        <source>九宫格</source>
        <translation>9 keys</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>笔画</source>
        <translation>Strokes</translation>
    </message>
    <message>
        <source>字母</source>
        <translation>ABC</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>123</translation>
    </message>
    <message>
        <source>一笔一笔写一个字。写不出的字用笔画找。</source>
        <translation>Write one character. Rare ones: Strokes.</translation>
    </message>
    <message>
        <source>按拼音所在的键，再点要的字。</source>
        <translation>Press the keys of the pinyin, then the character.</translation>
    </message>
    <message>
        <source>按拼音，再点要的字。</source>
        <translation>Type pinyin, then touch the character.</translation>
    </message>
    <message>
        <source>按笔顺，再点要的字。</source>
        <translation>Press the strokes in order, then the character.</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>大小写</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>横 一</source>
        <translation>一 across</translation>
    </message>
    <message>
        <source>竖 丨</source>
        <translation>丨 down</translation>
    </message>
    <message>
        <source>撇 丿</source>
        <translation>丿 left</translation>
    </message>
    <message>
        <source>点 丶</source>
        <translation>丶 dot</translation>
    </message>
    <message>
        <source>折 乛</source>
        <translation>乛 bend</translation>
    </message>
</context>
</TS>
