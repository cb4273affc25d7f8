package dev.kept.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Pictures for the documentation, made by tests of what they show: only where {@code -Dkept.pictures=FOLDER} asks for them. */
final class Pictures {

    private static final String FOLDER = "kept.pictures";

    private Pictures() {}

    /** What the window shows now. */
    static void keep(Page page, String name) {
        String folder = System.getProperty(FOLDER);
        if (folder != null && !folder.isBlank()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }
}
