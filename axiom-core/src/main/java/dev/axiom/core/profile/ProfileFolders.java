package dev.axiom.core.profile;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Lists the folders of all profiles. Locking: none; what it says may be old. */
final class ProfileFolders {
    private ProfileFolders() {}

    /** The profiles whose folder has this file, sorted. */
    static List<ProfileName> having(StoreLayout layout, String file) {
        try {
            List<ProfileName> names = new ArrayList<>();
            for (Path folder : content(layout.profilesFolder())) {
                if (isFolder(folder) && DurableFile.exists(folder.resolve(file))) {
                    names.add(new ProfileName(folder.getFileName().toString()));
                }
            }
            names.sort(null);
            return names;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw AxiomException.io("list " + layout.profilesFolder(), e);
        }
    }

    /** Not {@link Files#isDirectory}, which says "no" where it cannot tell. */
    private static boolean isFolder(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static List<Path> content(Path folder) throws IOException {
        FileSteps.next(Step.LIST, folder);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            List<Path> content = new ArrayList<>();
            entries.forEach(content::add);
            return content;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
