package dev.kept.core.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void what_could_be_markup_is_escaped_in_elements_and_attributes() {
        assertThat(new Html()
                        .raw("<a")
                        .attribute("href", "?a=1&b=\"'<>")
                        .raw(">")
                        .text("5 < 6 & 7")
                        .raw("</a>"))
                .hasToString("<a href=\"?a=1&amp;b=&quot;&#39;&lt;&gt;\">5 &lt; 6 &amp; 7</a>");
    }

    @Test
    void control_characters_are_shown_as_their_pictures() {
        assertThat(Html.escaped("a\u0000b\u007fc\r\n\t")).isEqualTo("a\u2400b\u2421c&#13;\n\t");
    }

    @Test
    void plain_text_stays_itself() {
        String plain = "您的数据, 2 Jahre, 😀";
        assertThat(Html.escaped(plain)).isSameAs(plain);
    }
}
