package dev.axiom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tree has one listing, and one listing is read in one way. */
@ExtendWith(Seeds.class)
class TreeListingTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void theOrderIsThatOfThePathsBytes() {
        TreeListing listing = TreeListing.of(List.of(
                TreeEntry.folder("a", 0755),
                TreeEntry.link("a/b", "c d"),
                TreeEntry.file("a-b", 0644, 1, HASH),
                TreeEntry.folder("\ud83d\ude00", 0755),
                TreeEntry.folder("\uffee", 04755)));

        assertThat(listing)
                .hasToString(
                        """
                        ./a type=dir mode=0755
                        ./a-b type=file mode=0644 size=1 sha256digest=%s
                        ./a/b type=link mode=0777 link=c\\040d
                        ./\\357\\277\\256 type=dir mode=04755
                        ./\\360\\237\\230\\200 type=dir mode=0755
                        """
                                .formatted(HASH));
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Random random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            Map<String, TreeEntry> entries = new HashMap<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                TreeEntry entry = randomEntry(random);
                entries.put(entry.path(), entry);
            }
            List<TreeEntry> shuffled = new ArrayList<>(entries.values());
            java.util.Collections.shuffle(shuffled, random);
            TreeListing listing = TreeListing.of(entries.values());

            TreeListing read = TreeListing.parse("files.mtree", listing.text());

            assertThat(read).isEqualTo(listing).isEqualTo(TreeListing.of(shuffled));
            assertThat(read.digest()).isEqualTo(listing.digest()).hasSize(64);
            assertSortedAsBytes(listing);
        }
    }

    private static void assertSortedAsBytes(TreeListing listing) {
        List<TreeEntry> entries = listing.entries();
        for (int i = 1; i < entries.size(); i++) {
            byte[] before = entries.get(i - 1).path().getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.compareUnsigned(before, entries.get(i).path().getBytes(StandardCharsets.UTF_8)))
                    .isNegative();
        }
    }

    private static TreeEntry randomEntry(Random random) {
        String path = randomName(random) + (random.nextBoolean() ? "/" + randomName(random) : "");
        int mode = random.nextInt(010000);
        return switch (random.nextInt(3)) {
            case 0 -> TreeEntry.file(path, mode, random.nextLong() >>> 1, HASH);
            case 1 -> TreeEntry.folder(path, mode);
            default -> TreeEntry.link(path, "../" + randomName(random));
        };
    }

    private static String randomName(Random random) {
        int[] points = random.ints(0, Character.MAX_CODE_POINT + 1)
                .map(point -> random.nextBoolean() ? point % 256 : point)
                .filter(point -> point != 0 && point != '/')
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .limit(1 + random.nextInt(6))
                .toArray();
        String name = new String(points, 0, points.length);
        return name.equals(".") || name.equals("..") ? "x" : name;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./a type=dir mode=0755",
                "./a type=dir mode=0755 \n",
                "./a type=dir  mode=0755\n",
                "./a type=dir mode=00755\n",
                "./a type=dir mode=0755 size=1\n",
                "a type=dir mode=0755\n",
                "./a type=file mode=0644 size=01 sha256digest=HASH\n",
                "./a type=file mode=0644 size=9999999999999999999 sha256digest=HASH\n",
                "./a type=file mode=0644 size=1 sha256digest=12\n",
                "./a/../b type=dir mode=0755\n",
                "./../b type=dir mode=0755\n",
                "./a//b type=dir mode=0755\n",
                ".// type=dir mode=0755\n",
                "./\\141 type=dir mode=0755\n",
                "./\\999 type=dir mode=0755\n",
                "./\\000 type=dir mode=0755\n",
                "./\\377 type=dir mode=0755\n",
                "./a\\04 type=dir mode=0755\n",
                "./a type=link mode=0777 link=\n",
                "./a type=link mode=0755 link=b\n",
                "./a type=fifo mode=0755\n",
                "\n",
                "./é type=dir mode=0755\n",
            })
    void everythingElseIsCorrupt(String text) {
        String whole = "./0 type=dir mode=0755\n" + text.replace("HASH", HASH);

        AxiomException failure = catchThrowableOfType(
                AxiomException.class, () -> TreeListing.parse("x/files.mtree", whole.getBytes(StandardCharsets.UTF_8)));

        assertThat(failure).hasMessageStartingWith("x/files.mtree:2: ");
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
    }

    @Test
    void linesOutOfOrderAreCorrupt() {
        String text = "./b type=dir mode=0755\n./a type=dir mode=0755\n";

        assertThat(catchThrowableOfType(
                        AxiomException.class, () -> TreeListing.parse("m", text.getBytes(StandardCharsets.UTF_8))))
                .hasMessageStartingWith("m:2: ");
    }
}
