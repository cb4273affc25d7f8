package dev.kept.server.demo;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import java.util.Optional;

/** What came of each step of the demo. */
record DemoStory(
        LiveStore store,
        Plan plan,
        ShopGenerator.Summary shop,
        Outcome swept,
        Optional<Handed> handed,
        Optional<Corrected> corrected,
        Optional<Outcome> erased,
        Outcome again) {}
