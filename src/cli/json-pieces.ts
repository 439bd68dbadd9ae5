/**
 * The text of `JSON.stringify(value, null, 2)`, piece by piece: of a long value it never exists as a whole. What can be
 * iterated is an array, so that its elements may be made as they are written.
 * @param value plain data without undefined in it
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
  } else if (Symbol.iterator in value) {
    yield* listPieces(elementPieces(value as Iterable<unknown>, indent), '[]', indent);
  } else {
    yield* listPieces(memberPieces(value, indent), '{}', indent);
  }
}

function* elementPieces(elements: Iterable<unknown>, indent: string): Generator<Iterable<string>> {
  for (const element of elements) {
    yield jsonPieces(element, `${indent}  `);
  }
}

function* memberPieces(value: object, indent: string): Generator<Iterable<string>> {
  for (const [name, member] of Object.entries(value)) {
    yield namedPieces(name, member, `${indent}  `);
  }
}

function* namedPieces(name: string, member: unknown, indent: string): Generator<string> {
  yield `${JSON.stringify(name)}: `;
  yield* jsonPieces(member, indent);
}

/** @param brackets the opening and the closing one */
function* listPieces(items: Iterable<Iterable<string>>, brackets: string, indent: string): Generator<string> {
  const [opening = '', closing = ''] = brackets;
  let isEmpty = true;
  yield opening;
  for (const item of items) {
    yield `${isEmpty ? '' : ','}\n${indent}  `;
    yield* item;
    isEmpty = false;
  }
  yield isEmpty ? closing : `\n${indent}${closing}`;
}
