package dev.kept.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Set;

/**
 * Pictures for the documentation, made by tests of what they show: only where {@code -Dkept.pictures=FOLDER} asks for them. With {@code
 * -Dkept.pictures.all=true} of every page that tests look at.
 */
final class Pictures {

    private static final String FOLDER = "kept.pictures";

    private static final Set<String> DOCUMENTED = Set.of(
            "notice", "notice-dark", "notice-narrow", "report", "console", "console-dark", "centre", "centre-narrow");

    private Pictures() {}

    /** What the window shows now. */
    static void keep(Page page, String name) {
        String folder = System.getProperty(FOLDER);
        if (folder != null && !folder.isBlank() && (DOCUMENTED.contains(name) || Boolean.getBoolean(FOLDER + ".all"))) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }
}
