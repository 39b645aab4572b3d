import { GraphiQL } from 'graphiql';
import type { ReactElement } from 'react';
import { DOCUMENTS } from './documents.js';
import { createPlaygroundFetcher } from './fetcher.js';
import { RunNotes } from './run-notes.js';
import { RunNotesView } from './run-notes-view.js';

const notes = new RunNotes();
const fetcher = createPlaygroundFetcher(notes);

/** GraphiQL on this server's API, with documents ready to run. */
export function Playground(): ReactElement {
  return (
    <GraphiQL fetcher={fetcher} defaultTabs={DOCUMENTS} defaultEditorToolsVisibility="variables">
      <GraphiQL.Logo>
        <a className="playground-home" href="/">
          Rivulet
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <RunNotesView notes={notes} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}
