<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AidsBar</name>
    <message>
        <source>长者版</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>配色</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>低位操作</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>人工帮助</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>修改</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Attract</name>
    <message>
        <source>本机现在可办 %1 项业务</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>触摸屏幕开始</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>请核对，都对了再交</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DateDisplay</name>
    <message>
        <source>%1 年 %2 月 %3 日</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>年</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>月</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>日</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DigitPad</name>
    <message>
        <source>删除</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>清空</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Farewell</name>
    <message>
        <source>您的信息已从本机清除</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>正在清除您的信息</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请带好证件和单据。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>要带什么</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>步数和时间</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 步，大约 %2 分钟</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办完带走</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>请人回电</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机管理人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>人工窗口</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>地址</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>您要办什么？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>点一下要办的事，办之前会告诉您要带什么、要多久。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>结束办理</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MatterRow</name>
    <message>
        <source>带走：%1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>办理前，请您先看</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不同意</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>同意，继续</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看全文</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>已选</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutOfService</name>
    <message>
        <source>本机暂停服务</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>从什么时候起</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>谁在处理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>最近能办的地方</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PagedColumn</name>
    <message>
        <source>上一页</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>第 %1 页，共 %2 页</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>下一页</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>下一步</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>跳过</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rating</name>
    <message>
        <source>谢谢您的评价</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这次办事，您满意吗？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办别的事</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不评价</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>完成</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>提交评价</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>办别的事</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>完成</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>请放身份证，或出示手机上的码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>返回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>身份证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>平放在读卡区，先别拿走</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>手机码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>把码对着扫码窗</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>正在准备</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopLine</name>
    <message>
        <source>%1，您好</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>演示</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message>
        <source>还要继续吗？</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 秒后为您结束，并清除您的信息。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>结束办理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
