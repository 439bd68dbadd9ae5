import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { expandHome } from '../../config/home-folder.ts';
import { withoutHeldBack } from '../../copies/choose-copies.ts';
import { rulesSchema } from '../../curation/rule-settings.ts';
import { EideticError } from '../../domain/errors.ts';
import { LEAST_OF_COPIES } from '../../duplicates/find-copy-pairs.ts';
import { chooseRules } from '../../engine/choose-rules.ts';
import { type LibraryPlan, planLibrary } from '../../engine/plan-library.ts';
import { addCopyOptions, type CopyFlags, copyWishOf } from '../copy-options.ts';
import { countLeftOut } from '../duplicates-left-out.ts';
import { EXIT_INCOMPLETE } from '../exit-codes.ts';
import { findWithProgress } from '../find-with-progress.ts';
import { say, withLibrary } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { addKeepOptions, askedRules, type KeepFlags } from '../keep-options.ts';
import { collected, parsePath, parseWord } from '../parse-option.ts';
import { type AskedAction, parsePlanAction } from '../parse-plan-action.ts';
import { explainPlan } from '../plan-explanation.ts';
import { PLAN_FORMATS } from '../plan-formats.ts';
import { summarizePlan } from '../plan-summary.ts';
import { count, printJson, printPieces } from '../print.ts';
import { ProgressLine } from '../progress-line.ts';
import { addQuestionOptions, askedIn, type QuestionFlags, questionOf } from '../question-options.ts';
import { refuseExisting, writeNewFile } from '../write-new-file.ts';
import { writeSidecars } from '../write-sidecars.ts';

interface PlanFlags extends QuestionFlags, CopyFlags, KeepFlags {
  readonly action?: readonly string[];
  readonly out?: string;
  readonly format: string;
  readonly explain?: boolean;
  readonly rulesSchema?: boolean;
}

/** The format that is a folder and no file. */
const SIDECARS = 'xmp';

/** For --out. */
const STDOUT = '-';

export function planCommand(): Command {
  return addKeepOptions(addCopyOptions(addQuestionOptions(new Command('plan'))))
    .description(
      'which files of each group of duplicates to keep and which to drop, and why; nothing is changed',
    )
    .addOption(
      new Option(
        '--action <what...>',
        'trash, "move FOLDER", hardlink, reflink or delete (default: trash)',
      ).argParser(collected(parseWord)),
    )
    .option('--out <file>', `where the plan goes, a file that is not there yet; ${STDOUT} for stdout`)
    .addOption(
      new Option('--format <name>', 'for "eidetic apply" (jsonl), or for other programs, see below')
        .choices([...Object.keys(PLAN_FORMATS), SIDECARS])
        .default('jsonl'),
    )
    .option('--explain', 'print every group: what is kept, what is dropped, the reasons and warnings')
    .option('--rules-schema', 'print the JSON Schema of rules files')
    .addHelpText(
      'after',
      `
Examples:
  eidetic plan --explain
  eidetic plan ~/Pictures --copies --explain
  eidetic plan --out plan.jsonl && eidetic apply plan.jsonl
  eidetic plan --copies --keep original --action move ~/duplicates --out plan.jsonl
  eidetic plan --across ~/archive ~/incoming --reference ~/archive --out plan.jsonl
  eidetic plan --action hardlink --out plan.jsonl
  eidetic plan --rules keep.yaml --format list0 --out - | xargs -0 ls -l

Planned are files with the same bytes, pictures with the same image data or pixels, and copies where those are asked for;
never what is only similar, may be a copy, or is another shot of a scene. The first rule that tells two files apart decides:
  best      the uncropped one, the original, more pixels, the better format, more metadata, more bytes, a name without
            "copy" or "(1)", the older one
  largest   more pixels first, then as best
  original  the original and more metadata first, then as best
  oldest, newest   by when it was taken, else last written, then as best
and at the end the shorter path, and the one that comes first. Whether a picture is cropped, framed or without color is known
of what --copies has looked at. "Metadata" is when, where and with which camera it was taken, and its rating (as .xmp sidecars
and JPEG files have it).
Rules of your own are a list in a YAML or JSON file:
  protected: [~/Pictures/archive]
  rules:
    - folder-order: [~/Pictures/sorted, ~/Pictures/inbox]
    - uncropped
    - original
    - largest
    - best-format
    - most-metadata
    - name: { prefer: ['IMG_*'], avoid: ['* (?).*', '*copy*'] }
    - oldest
also: most-bytes, newest, shortest-path. Folders are meant from the folder of the file.

Nothing is dropped in folders of --reference and --protect, and no picture of which a part is not in the kept one. Sidecars go with their picture (.xmp, .aae, .json); one with a raw
file or a movie beside it is left, unless the same is beside the kept file. hardlink and reflink take files of the same bytes
on one disk alone; further names of one file free nothing and are left. delete cannot be undone; all else can.
What other programs keep a catalog of, they must move themselves:
  list, list0  paths of what is dropped, one a line, or each ended by a zero byte
  csv          all files of the groups with what, why and keywords; "exiftool -sep ', ' -csv+=plan.csv FOLDER" adds them
  xmp          a sidecar IMG.jpg.xmp for each picture, with keywords (eidetic:duplicate, eidetic:kept, eidetic:group-1) for
               digiKam, darktable and others that read sidecars; --out is a new folder. Bring them in without writing over
               others: "cp -rn sidecars/Pictures/. ~/Pictures/". Lightroom reads none beside a JPEG: take the csv.
The exit code is 9 when something is away, so that files may be missing from the plan.`,
    )
    .action(async (folders: readonly string[], given: PlanFlags, command: Command) => {
      const flags = askedIn(folders, given);
      if (flags.rulesSchema) {
        await printJson(rulesSchema());
        return;
      }
      const asked = parsePlanAction(flags.action ?? ['trash']);
      const out = await outOf(flags);
      const { plan, lines, explanation, leftOut } = await makePlan(flags, asked, command);
      if (flags.explain) {
        await printPieces(explanation);
      }
      lines.forEach(say);
      if (out !== null) {
        await writePlan(plan, flags.format, out);
      }
      if (leftOut > 0) {
        process.exitCode = EXIT_INCOMPLETE;
      }
    });
}

/** @returns null when it is only explained @throws EideticError INVALID_INPUT for what cannot be written */
async function outOf({ out, format, explain }: PlanFlags): Promise<string | null> {
  if (out === undefined) {
    if (explain) {
      return null;
    }
    throw new EideticError(
      'INVALID_INPUT',
      'Found no --out; name a file for the plan, or add --explain to read it.',
    );
  }
  if (out === STDOUT) {
    if (explain || format === SIDECARS) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found --out ${STDOUT} with ${explain ? '--explain, which prints to stdout too' : `--format ${SIDECARS}, which makes many files`}; name a file or folder.`,
      );
    }
    return out;
  }
  const path = resolve(expandHome(out, '--out'));
  await refuseExisting(path);
  return path;
}

interface MadePlan {
  readonly plan: LibraryPlan;
  readonly explanation: Iterable<string>;
  /** For stderr. */
  readonly lines: readonly string[];
  readonly leftOut: number;
}

async function makePlan(
  flags: PlanFlags,
  { action, moveTo }: AskedAction,
  command: Command,
): Promise<MadePlan> {
  const asked = await askedRules(flags);
  const wanted = copyWishOf(flags);
  const copies = wanted && withoutHeldBack(wanted);
  const line = new ProgressLine(process.stderr);
  const { signal, dispose } = abortOnInterrupt(() => line.clear());
  try {
    return await withLibrary(command, async (library) => {
      const question = await questionOf(library, flags);
      const wish = {
        planId: randomUUID(),
        ...(await chooseRules(library, asked, question)),
        action,
        moveTo: moveTo === null ? null : resolve(parsePath(moveTo)),
      };
      const minSimilarity = copies === null ? null : LEAST_OF_COPIES;
      const searched = library.spaces.forCopies;
      const found = await findWithProgress(
        library,
        searched,
        { question, minSimilarity, copies },
        line,
        signal,
      );
      const plan = await planLibrary(library, found, wish, signal);
      return {
        plan,
        explanation: explainPlan(plan),
        lines: summarizePlan(plan, wish),
        leftOut: countLeftOut(plan.report),
      };
    });
  } finally {
    line.clear();
    dispose();
  }
}

async function writePlan(plan: LibraryPlan, format: string, out: string): Promise<void> {
  if (format === SIDECARS) {
    say(
      `Wrote ${count(await writeSidecars(plan, out), 'sidecar')} into ${out}; the pictures were not touched.`,
    );
    return;
  }
  const pieces = (PLAN_FORMATS[format] as (plan: LibraryPlan) => Iterable<string>)(plan);
  if (out === STDOUT) {
    await printPieces(pieces);
    return;
  }
  await writeNewFile(out, pieces);
  say(
    format === 'jsonl' && plan.header.actions > 0
      ? `Wrote ${out}. Nothing was changed yet; next: eidetic apply ${shellWord(out)}`
      : `Wrote ${out}. Nothing was changed.`,
  );
}

function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
