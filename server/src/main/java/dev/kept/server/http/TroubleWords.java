package dev.kept.server.http;

import java.util.Map;

/** What is said of troubles in English, German and Chinese. */
final class TroubleWords {

    private TroubleWords() {}

    static final Map<String, String> ENGLISH = Map.ofEntries(
            Map.entry("skip", "Skip to the text"),
            Map.entry("home", "To the start page"),
            Map.entry("after", "Please try again in {minutes} min."),
            Map.entry("malformed", "We could not read that"),
            Map.entry("malformed.try", "Please go back and try again."),
            Map.entry("cross-site", "That did not come from this site"),
            Map.entry(
                    "cross-site.try",
                    "For your safety, forms are only accepted from our own pages. Please open the page here and send it again."),
            Map.entry("stale-form", "This page was open for too long"),
            Map.entry(
                    "stale-form.try",
                    "Please go back, load the page again and send it once more. Your browser must accept cookies of this site: one is needed to see that it is you who sends the form."),
            Map.entry("forbidden", "You may not do that"),
            Map.entry("forbidden.try", "If you think you should, ask whoever runs this site."),
            Map.entry("not-found", "There is nothing here"),
            Map.entry("not-found.try", "The address may be mistyped, or what was here has ended."),
            Map.entry("not-allowed", "That cannot be done here"),
            Map.entry("not-allowed.try", "Please go back to the start page and try from there."),
            Map.entry("too-slow", "That took too long to arrive"),
            Map.entry("too-slow.try", "Please see that your connection works and try again."),
            Map.entry("too-large", "That is more than we can take"),
            Map.entry("too-large.try", "Please go back and send less."),
            Map.entry("not-understood", "We do not understand this format"),
            Map.entry("not-understood.try", "Please use the form on our page."),
            Map.entry("too-many", "Too often in a short time"),
            Map.entry("too-many.try", "Nothing is lost: what was sent before is with us."),
            Map.entry("broken", "Something went wrong on our side"),
            Map.entry("broken.try", "We have noted it. Please try again later."),
            Map.entry("unavailable", "This does not work right now"),
            Map.entry("unavailable.try", "Nothing was changed. Please try again in a few minutes."));

    static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry("skip", "Zum Text springen"),
            Map.entry("home", "Zur Startseite"),
            Map.entry("after", "Bitte versuchen Sie es in {minutes} min noch einmal."),
            Map.entry("malformed", "Das konnten wir nicht lesen"),
            Map.entry("malformed.try", "Bitte gehen Sie zurück und versuchen Sie es noch einmal."),
            Map.entry("cross-site", "Das kam nicht von dieser Website"),
            Map.entry(
                    "cross-site.try",
                    "Zu Ihrer Sicherheit nehmen wir Formulare nur von unseren eigenen Seiten an. Bitte öffnen Sie die Seite hier und senden Sie sie noch einmal."),
            Map.entry("stale-form", "Diese Seite war zu lange offen"),
            Map.entry(
                    "stale-form.try",
                    "Bitte gehen Sie zurück, laden Sie die Seite neu und senden Sie sie noch einmal. Ihr Browser muss Cookies dieser Website annehmen: Eines brauchen wir, um zu sehen, dass Sie es sind, der das Formular sendet."),
            Map.entry("forbidden", "Das dürfen Sie nicht"),
            Map.entry("forbidden.try", "Wenn Sie meinen, dass Sie es dürften, fragen Sie, wer diese Website betreibt."),
            Map.entry("not-found", "Hier ist nichts"),
            Map.entry("not-found.try", "Vielleicht ist die Adresse vertippt, oder was hier war, ist zu Ende."),
            Map.entry("not-allowed", "Das geht hier nicht"),
            Map.entry("not-allowed.try", "Bitte versuchen Sie es von der Startseite aus."),
            Map.entry("too-slow", "Das hat zu lange gedauert"),
            Map.entry("too-slow.try", "Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal."),
            Map.entry("too-large", "Das ist mehr, als wir annehmen können"),
            Map.entry("too-large.try", "Bitte gehen Sie zurück und senden Sie weniger."),
            Map.entry("not-understood", "Dieses Format verstehen wir nicht"),
            Map.entry("not-understood.try", "Bitte benutzen Sie das Formular auf unserer Seite."),
            Map.entry("too-many", "Zu oft in kurzer Zeit"),
            Map.entry("too-many.try", "Es geht nichts verloren: Was Sie vorher gesendet haben, ist bei uns."),
            Map.entry("broken", "Bei uns ist etwas schiefgegangen"),
            Map.entry("broken.try", "Wir haben es vermerkt. Bitte versuchen Sie es später noch einmal."),
            Map.entry("unavailable", "Das geht im Moment nicht"),
            Map.entry(
                    "unavailable.try",
                    "Es wurde nichts geändert. Bitte versuchen Sie es in ein paar Minuten noch einmal."));

    static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry("skip", "跳到正文"),
            Map.entry("home", "返回首页"),
            Map.entry("after", "请在{minutes}分钟后重试。"),
            Map.entry("malformed", "我们无法读取所提交的内容"),
            Map.entry("malformed.try", "请返回后重试。"),
            Map.entry("cross-site", "该请求并非来自本网站"),
            Map.entry("cross-site.try", "为了您的安全，我们只接受从本站页面提交的表单。请在此打开页面后重新提交。"),
            Map.entry("stale-form", "页面打开时间过长"),
            Map.entry("stale-form.try", "请返回、重新加载页面后再提交。浏览器须接受本站的Cookie：我们需要其中一个来确认表单由您本人提交。"),
            Map.entry("forbidden", "您无权进行此操作"),
            Map.entry("forbidden.try", "如果您认为应当有权，请联系本网站的运营者。"),
            Map.entry("not-found", "此处没有内容"),
            Map.entry("not-found.try", "地址可能有误，或者原有内容已经结束。"),
            Map.entry("not-allowed", "此处无法进行该操作"),
            Map.entry("not-allowed.try", "请返回首页后重试。"),
            Map.entry("too-slow", "传输时间过长"),
            Map.entry("too-slow.try", "请检查网络连接后重试。"),
            Map.entry("too-large", "内容超出我们所能接收的范围"),
            Map.entry("too-large.try", "请返回并减少内容后再提交。"),
            Map.entry("not-understood", "我们无法识别此格式"),
            Map.entry("not-understood.try", "请使用本站页面上的表单。"),
            Map.entry("too-many", "短时间内次数过多"),
            Map.entry("too-many.try", "不会有任何丢失：您此前提交的内容我们已经收到。"),
            Map.entry("broken", "我们这边出了问题"),
            Map.entry("broken.try", "我们已记录此情况，请稍后重试。"),
            Map.entry("unavailable", "目前无法使用"),
            Map.entry("unavailable.try", "没有作任何更改。请过几分钟再试。"));
}
