import { z } from 'zod';
import { SESSION_COOKIE } from '../keys/session-cookie.ts';
import type { MediaTypes, Operation, OperationExample } from '../routing/operation.ts';
import { problemSchema } from '../schemas/problem-schema.ts';
import { schemaRegistry } from '../schemas/schema-registry.ts';
import { EXAMPLE_PROBLEM } from './example-picture.ts';

type Json = Record<string, unknown>;

const COMPONENTS = '#/components/schemas/';

/** Any one of them will do. */
const SECURITY: readonly Json[] = [{ key: [] }, { apiKey: [] }, { session: [] }];

/**
 * The OpenAPI 3.1 document of operations; its schemas are those that parse requests and type answers.
 * @param basePath what comes before every path, such as `/eidetic`, or nothing
 */
export function openApiDocument(operations: readonly Operation[], version: string, basePath: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Eidetic',
      version,
      description:
        'Image similarity search. Errors are RFC 9457 problem documents with a code and a request id.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    security: SECURITY,
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key of "eidetic keys add"' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description:
            'Set by POST /v1/session. What changes something must then come from a page of this server.',
        },
        link: {
          type: 'apiKey',
          in: 'query',
          name: 'signature',
          description: 'Of a signed link, as answers give them',
        },
      },
    },
  };
}

function describeOperation(operation: Operation): Json {
  const { id, tag, summary, description, scope, isSigned, params, query, body, answers, example } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(scope === null ? { security: [] } : {}),
    ...(isSigned ? { security: [...SECURITY, { link: [] }] } : {}),
    parameters: [...parameters(params, 'path', example), ...parameters(query, 'query', example)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: describeContent(body, example.body) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...(answer.content === undefined
              ? {}
              : { content: describeContent(answer.content, bodyOf(example, status)) }),
          },
        ]),
      ),
      default: {
        description:
          scope === null ? 'Refused' : `Refused; needs a key with the scope ${scope} where keys are`,
        content: {
          'application/problem+json': { schema: toJsonSchema(problemSchema), example: EXAMPLE_PROBLEM },
        },
      },
    },
  };
}

function bodyOf({ answer }: OperationExample, status: string): unknown {
  return String(answer.status) === status ? answer.body : undefined;
}

function parameters(
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  { parameters: values = {} }: OperationExample,
): Json[] {
  if (schema === undefined) {
    return [];
  }
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(name in values ? { example: values[name] } : {}),
  }));
}

/** @param example for what is JSON or text; undefined when there is none */
function describeContent(types: MediaTypes, example: unknown): Json {
  return Object.fromEntries(
    Object.entries(types).map(([type, schema]) => [
      type,
      {
        ...(schema === 'binary' ? {} : { schema: toJsonSchema(schema) }),
        ...(example === undefined || !/^text\/|jsonl?$/.test(type) ? {} : { example }),
      },
    ]),
  );
}

/** A reference when the schema is listed by name; one without a name refers to no other. */
function toJsonSchema(schema: z.ZodType | Readonly<Json>): Json {
  if (!(schema instanceof z.ZodType)) {
    return schema;
  }
  const name = schemaRegistry.get(schema)?.id;
  if (name !== undefined) {
    return { $ref: COMPONENTS + name };
  }
  const { $schema: _, ...inline } = z.toJSONSchema(schema, { io: 'input' });
  return inline;
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(schemaRegistry, { uri: (id) => COMPONENTS + id, io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}
