// oxlint-disable import/default -- the bundler makes a class of each file asked for with ?worker
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphqlWorker from "monaco-graphql/esm/graphql.worker.js?worker";

// The editor asks here for its workers. They are bundled files of this server: without this it would try to load
// them from a public network, and GraphiQL's own set-up writes to the console at every start.
Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_workerId: string, label: string): Worker {
      if (label === "json") {
        return new JsonWorker();
      }
      return label === "graphql" ? new GraphqlWorker() : new EditorWorker();
    },
  },
});
