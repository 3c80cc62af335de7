package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads back every object that a backup needs, authenticates and decompresses every frame, and
 * checks page checksums again. Finds all damage, not only the first. One thread at a time.
 */
public final class Verification {

  private static final int MOST_FINDINGS = 1000;

  private final Repository repository;

  /** Verifies backups of one repository. */
  public Verification(Repository repository) {
    this.repository = repository;
  }

  /**
   * Verifies one backup.
   *
   * @return what is damaged, at most a thousand findings; empty when everything is sound
   * @throws ProblemException when the manifest itself cannot be read
   */
  public List<Problem> verify(String backup, Progress progress) throws IOException {
    try (Manifest manifest = Manifest.open(repository, backup)) {
      Pass pass = new Pass(manifest.header());
      long done = 0;
      while (manifest.hasNext() && pass.findings.size() < MOST_FINDINGS) {
        FileEntry entry = manifest.next();
        pass.file(entry);
        done += entry.size();
        progress.report("verifying", done, manifest.header().bytes());
      }
      WalArchive archive = WalArchive.of(repository, manifest.header().start());
      verifyLog(archive, manifest.header(), pass.findings);
      return pass.findings;
    }
  }

  /** One reading of all files of one backup. */
  private final class Pass {
    private final BackupHeader header;
    private final PackReaders packs;
    private final PageCheck check = new PageCheck();
    private final Set<List<Object>> reported = new HashSet<>();
    private final List<Problem> findings = new ArrayList<>();

    Pass(BackupHeader header) {
      this.header = header;
      this.packs = new PackReaders(repository, header.packs());
    }

    void file(FileEntry entry) throws IOException {
      for (Run run : entry.runs()) {
        if (run.pack() != Run.ZEROS) {
          run(entry, run);
        }
      }
    }

    private void run(FileEntry entry, Run run) throws IOException {
      byte[] frame;
      try {
        frame = packs.frame(run);
      } catch (ProblemException e) {
        if (reported.add(List.of(run.pack(), run.offset()))) {
          findings.add(e.first().with("file", entry.path()));
        }
        return;
      }
      if (header.start().checksums() && entry.kind() == FileKind.PAGES) {
        for (int i = 0; i < run.count(); i++) {
          page(entry, run.unit() + i, frame, (run.slot() + i) * Run.UNIT);
        }
      }
    }

    private void page(FileEntry entry, long unit, byte[] frame, int at) {
      if (frame.length < at + Run.UNIT) {
        return;
      }
      long block = FileKind.segmentOf(entry.path()) * ChangedPages.SEGMENT_BLOCKS + unit;
      boolean wrong = check.judge(frame, at, block) == PageCheck.Verdict.WRONG;
      // A page may have been torn while it was copied; then the log holds it whole.
      boolean logged = !PageCheck.lsn(frame, at).isBefore(header.start().position());
      String name = entry.path() + ":" + block;
      if (wrong && !logged && !header.corrupt().contains(name)) {
        findings.add(
            Problem.of(
                    "BACKUP_DAMAGED", ProblemKind.EXTERNAL, name + " does not match its checksum")
                .withRemedy("Restore from another backup."));
      }
    }
  }

  private static void verifyLog(WalArchive archive, BackupHeader header, List<Problem> findings)
      throws IOException {
    int timeline = header.start().timeline();
    Lsn from = header.start().position();
    Lsn until = header.stop().position();
    int size = header.start().walSegmentSize();
    if (!archive.covers(timeline, from, until)) {
      findings.add(
          Problem.of(
                  "BACKUP_NOT_RESTORABLE",
                  ProblemKind.CONFLICT,
                  "the log from " + from + " to " + until + " is not stored whole")
              .withRemedy("Restore another backup."));
      return;
    }
    for (WalSegment segment = WalSegment.at(timeline, from, size);
        segment.start().isBefore(until);
        segment = segment.next()) {
      try {
        archive.segment(segment);
      } catch (ProblemException e) {
        findings.add(e.first());
      }
    }
  }
}
