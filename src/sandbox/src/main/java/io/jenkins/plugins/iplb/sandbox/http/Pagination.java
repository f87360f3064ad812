package io.jenkins.plugins.iplb.sandbox.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code X-Pagination-*} headers: which page of objects instead of a list of keys. */
final class Pagination {
    private static final String MODE = "CachedObjectList-Pages";
    private static final int DEFAULT_SIZE = 1000;

    private Pagination() {}

    static Reply answer(Listing listing, ApiRequest request, boolean expandedLists) {
        boolean expanded = expandedLists
                && request.header("X-Pagination-Mode").filter(MODE::equals).isPresent();
        if (!expanded) {
            return Reply.json(listing.entries().stream().map(Listing.Entry::key).collect(Json.toArray()));
        }
        int size = positive(request, "X-Pagination-Size").orElse(DEFAULT_SIZE);
        int number = positive(request, "X-Pagination-Number").orElse(1);
        List<Listing.Entry> all = listing.entries();
        int from = (int) Math.min(all.size(), (number - 1L) * size);
        int to = (int) Math.min(all.size(), (long) from + size);
        int pages = Math.max(1, (all.size() + size - 1) / size);
        return Reply.json(all.subList(from, to).stream()
                        .map(Listing.Entry::object)
                        .collect(Json.toArray()))
                .withHeaders(Map.of(
                        "X-Pagination-Elements", Integer.toString(all.size()),
                        "X-Pagination-Number", Integer.toString(number),
                        "X-Pagination-Size", Integer.toString(size),
                        "X-Pagination-Total", Integer.toString(pages)));
    }

    private static Optional<Integer> positive(ApiRequest request, String header) {
        return request.header(header).map(text -> {
            try {
                int value = Integer.parseInt(text.trim());
                if (value > 0) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // refused below, as any other value that is no positive number
            }
            throw ApiError.badRequest(header + " must be a positive number");
        });
    }
}
