import type { JSX } from 'preact';
import type { EqualFilesPage } from '../../client/eidetic-client.ts';
import { formatRoute } from '../route.ts';
import { texts } from '../texts/texts.ts';
import { CopyPath } from './copy-path.tsx';
import { differingFacts } from './differing-facts.ts';
import { FactList } from './fact-list.tsx';
import { fileName } from './file-name.ts';
import { type Fact, factsOf } from './picture-facts.ts';
import { readableBytes } from './readable-bytes.ts';
import { ShownPath } from './shown-path.tsx';
import { thumbnailOf } from './thumbnail.ts';

type Group = EqualFilesPage['groups'][number];
type Member = Group['pictures'][number];

/** Longest side of a picture in a group, CSS pixels. */
const SIDE = 144;

/** Files that are equal, with what tells them apart. @param isFirstOfKind whether its relation is named above it */
export function EqualGroup({
  group,
  isFirstOfKind,
}: {
  readonly group: Group;
  readonly isFirstOfKind: boolean;
}): JSX.Element {
  const words = texts.equal;
  const { shared, own } = differingFacts(group.pictures.map((picture) => factsOf(picture, texts)));
  const more = group.pictureCount - group.pictures.length;
  return (
    <>
      {isFirstOfKind && (
        <header class="kind">
          <h2>{words[group.relation]}</h2>
          <p class="quiet">{words.meaning[group.relation]}</p>
        </header>
      )}
      <article class="group" aria-label={words.files(group.fileCount)}>
        <p class="group-head">
          <strong>{words.files(group.fileCount)}</strong>
          <span>{shared.map(([, value]) => value).join(' · ')}</span>
          <span class="freeable">
            {group.freeableBytes > 0
              ? words.couldFree(readableBytes(group.freeableBytes, texts.language))
              : words.couldFreeNothing}
          </span>
        </p>
        <ul class="members">
          {group.pictures.map((picture, i) => (
            <GroupMember key={picture.id} picture={picture} facts={own[i] ?? []} />
          ))}
        </ul>
        {more > 0 && <p class="quiet">{words.morePictures(more)}</p>}
      </article>
    </>
  );
}

function GroupMember({
  picture,
  facts,
}: {
  readonly picture: Member;
  readonly facts: readonly Fact[];
}): JSX.Element {
  const { id, files, fileCount, looks } = picture;
  const address = formatRoute({ view: 'picture', id, within: null });
  return (
    <li class="member">
      <a class="member-picture" href={address}>
        <img
          src={thumbnailOf(picture, SIDE)}
          alt={fileName(picture)}
          width={picture.width}
          height={picture.height}
          loading="lazy"
          decoding="async"
        />
      </a>
      <div class="member-words">
        {facts.length > 0 && <FactList kind="differing" facts={facts} />}
        <ul class="files">
          {files.map((path, i) => (
            <MemberFile key={i} path={path} look={looks[i]} />
          ))}
        </ul>
        {fileCount > files.length && <a href={address}>{texts.equal.moreFiles(fileCount - files.length)}</a>}
      </div>
    </li>
  );
}

function MemberFile({
  path,
  look,
}: {
  readonly path: string;
  readonly look: Member['looks'][number] | undefined;
}): JSX.Element {
  const state = look?.state ?? 'away';
  return (
    <li class={`member-file ${state === 'there' ? '' : 'is-away'}`}>
      <div>
        <ShownPath path={path} />
        {state !== 'there' && <p class="away">{texts.picture.states[state]}</p>}
        {look?.isFurtherName && <p class="quiet">{texts.equal.furtherName}</p>}
      </div>
      <CopyPath path={path} />
    </li>
  );
}
