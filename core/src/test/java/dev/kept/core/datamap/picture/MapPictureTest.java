package dev.kept.core.datamap.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.check.FolderCheck;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The example company's map of some forty tables, drawn. */
class MapPictureTest {

    private static final Path FOLDER = Path.of("..", "examples", "larkfield", "privacy");
    private static final Pattern BOX =
            Pattern.compile("<rect x=\"(\\d+)\" y=\"(\\d+)\" width=\"(\\d+)\" height=\"(\\d+)\"");
    private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");

    private static BoundStore shop;

    @BeforeAll
    static void read() throws IOException {
        List<SourceText> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(FOLDER)) {
            for (Path file : found.filter(path -> path.toString().matches(".*\\.(yaml|md)"))
                    .sorted()
                    .toList()) {
                files.add(new SourceText(FOLDER.relativize(file).toString(), Files.readString(file)));
            }
        }
        shop = FolderCheck.check(files, List.of()).stores().get("shop");
    }

    private static String drawn() {
        return MapPicture.of(shop, table -> "#" + table).toString();
    }

    @Test
    void persons_stand_first_and_each_table_as_far_as_its_nearest_way_is_long() {
        Layers layers = Layers.of(shop);

        assertThat(layers.layers().getFirst())
                .contains(TableName.parse("shop.customers"))
                .allSatisfy(
                        table -> assertThat(shop.table(table).map().person()).isPresent());
        assertThat(layers.layers().get(1))
                .contains(TableName.parse("shop.wishlists"), TableName.parse("shop.households"));
        assertThat(layers.layers().get(1)).contains(TableName.parse("shop.wishlist_items"));
        assertThat(layers.layers().get(2)).contains(TableName.parse("shop.wishlist_shares"));
    }

    @Test
    void every_table_of_persons_data_is_drawn_once_inside_the_picture_and_no_two_overlap() {
        String svg = drawn();
        Matcher size = SIZE.matcher(svg);
        assertThat(size.find()).isTrue();
        List<int[]> boxes = new ArrayList<>();
        Matcher box = BOX.matcher(svg);
        while (box.find()) {
            boxes.add(new int[] {
                Integer.parseInt(box.group(1)),
                Integer.parseInt(box.group(2)),
                Integer.parseInt(box.group(3)),
                Integer.parseInt(box.group(4))
            });
        }
        assertThat(boxes).hasSize(shop.tables().size()).hasSizeGreaterThan(30);
        for (int[] one : boxes) {
            assertThat(one[0] + one[2]).isLessThanOrEqualTo(Integer.parseInt(size.group(1)));
            assertThat(one[1] + one[3]).isLessThanOrEqualTo(Integer.parseInt(size.group(2)));
            assertThat(boxes.stream()
                            .filter(other -> other != one)
                            .filter(other -> other[0] < one[0] + one[2]
                                    && one[0] < other[0] + other[2]
                                    && other[1] < one[1] + one[3]
                                    && one[1] < other[1] + other[3]))
                    .isEmpty();
        }
        shop.tables().keySet().forEach(table -> assertThat(svg).contains("href=\"#" + table + "\""));
    }

    @Test
    void every_way_of_the_map_is_drawn() {
        Set<String> ends = new HashSet<>();
        Layers.of(shop).ways().forEach(way -> ends.add(way.from() + " " + way.to()));
        shop.tables()
                .values()
                .forEach(table -> table.roles()
                        .forEach(role -> role.path().stream()
                                .limit(1)
                                .forEach(link -> assertThat(ends).contains(link.to() + " " + link.from()))));
        assertThat(ends).contains("shop.customers shop.households", "shop.orders shop.addresses");
    }

    @Test
    void it_is_well_formed_and_carries_no_style_or_script_of_its_own() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.newDocumentBuilder().parse(new InputSource(new StringReader(drawn())));
        assertThat(drawn()).doesNotContain("style", "script", " on");
    }

    @Test
    void a_name_with_blanks_or_quotes_makes_an_id_of_its_own() {
        assertThat(TableFacts.anchor(TableName.parse("shop.customers"))).isEqualTo("shop.customers");
        assertThat(TableFacts.anchor(new TableName("shop", "order lines"))).isEqualTo("shop.order~0020lines");
        assertThat(TableFacts.anchor(new TableName("shop", "order~0020lines")))
                .isNotEqualTo(TableFacts.anchor(new TableName("shop", "order lines")));
        assertThat(TableFacts.anchor(new TableName("public", "a\"b>ä"))).matches("[A-Za-z0-9._~-]+");
    }

    @Test
    void a_use_says_when_it_ends() {
        assertThat(TableFacts.ends(shop.notice().uses().get("accounting")))
                .contains("10 years after")
                .contains("to the end of the year");
        assertThat(TableFacts.longest(shop, shop.table(TableName.parse("shop.orders")))
                        .orElseThrow()
                        .toString())
                .isEqualTo("10 years");
        assertThat(Map.of("owners", TableFacts.owners(shop.table(TableName.parse("shop.wishlists")))))
                .containsEntry("owners", List.of("owner (a customer), by owner_id → shop.customers"));
    }
}
