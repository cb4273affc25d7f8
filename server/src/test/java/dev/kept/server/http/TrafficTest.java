package dev.kept.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.rights.request.Deadline.Alarm;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void requests_that_are_overdue_are_a_metric_and_none_any_more_once_they_are_answered() {
        Traffic traffic = new Traffic();
        traffic.requests(Map.of(Alarm.OVERDUE, 3L, Alarm.SOON, 1L));
        assertThat(traffic.registry().scrape())
                .contains("kept_requests_open{alarm=\"overdue\"} 3.0", "kept_requests_open{alarm=\"soon\"} 1.0");

        traffic.requests(Map.of(Alarm.OVERDUE, 0L, Alarm.SOON, 0L));

        assertThat(traffic.registry().scrape()).contains("kept_requests_open{alarm=\"overdue\"} 0.0");
    }
}
