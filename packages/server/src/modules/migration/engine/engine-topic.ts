/** Topic announced when a migration may have work: planning asked for, run started or resumed, proof out of date. */
export const engineTopic = "engine";
