import { Command } from 'commander';
import { evalCopiesCommand } from './eval-copies.ts';
import { evalCopydaysCommand } from './eval-copydays.ts';
import { evalKnnCommand } from './eval-knn.ts';
import { evalLabelsCommand } from './eval-labels.ts';
import { evalRetrievalCommand } from './eval-retrieval.ts';

export function evalCommand(): Command {
  return new Command('eval')
    .description('measure how well models find what they should; nothing is kept')
    .addCommand(evalLabelsCommand())
    .addCommand(evalCopiesCommand())
    .addCommand(evalKnnCommand())
    .addCommand(evalRetrievalCommand())
    .addCommand(evalCopydaysCommand());
}
