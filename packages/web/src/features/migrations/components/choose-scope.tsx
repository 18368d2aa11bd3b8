import { Checkbox } from "@mantine/core";
import { formatNumberOf, formatPeople } from "../../../shared/number-format.ts";
import { Panel } from "../../../ui/panel.tsx";
import type { OfferedSite } from "../new-migration-page.tsx";
import classes from "./new-migration.module.css";

/** Step 3: all customers, or those of chosen service projects. `projects` undefined means all customers. */
export function ChooseScope(props: {
  source: OfferedSite;
  projects: string[] | undefined;
  onChange: (projects: string[] | undefined) => void;
}) {
  const { source, projects, onChange } = props;
  const toggle = (key: string) => {
    const chosen = projects ?? [];
    onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key]);
  };
  return (
    <Panel title="Who is copied">
      <fieldset className={classes.siteList}>
        <legend className="visually-hidden">Scope</legend>
        <label className={classes.site}>
          <input type="radio" name="scope" checked={!projects} onChange={() => onChange(undefined)} />
          <span className={classes.siteName}>All customers</span>
          <span className={classes.siteDetail}>
            {formatPeople(source.counts.accounts + source.counts.portalCustomers)} of {source.name}, with or
            without requests
          </span>
        </label>
        <label className={classes.site} data-disabled={source.projects.length === 0 || undefined}>
          <input
            type="radio"
            name="scope"
            checked={Boolean(projects)}
            disabled={source.projects.length === 0}
            onChange={() => onChange([])}
          />
          <span className={classes.siteName}>Customers of selected service projects</span>
          <span className={classes.siteDetail}>
            {source.projects.length === 0
              ? "The source has no service projects; upload them in the step before"
              : "People listed in one of them, or reporter or participant of a request in it"}
          </span>
        </label>
      </fieldset>
      {projects && (
        <div className={classes.projects}>
          {source.projects.map((project) => (
            <Checkbox
              key={project.id}
              checked={projects.includes(project.key)}
              onChange={() => toggle(project.key)}
              label={`${project.key} · ${project.name}`}
              description={
                project.access === "OPEN"
                  ? `Open, ${formatNumberOf(project.requestCount, "request")}`
                  : `Restricted to ${formatPeople(project.listedCustomers)}, ${formatNumberOf(project.requestCount, "request")}`
              }
            />
          ))}
          {projects.length === 0 && <p className={classes.hint}>Choose at least one project.</p>}
        </div>
      )}
    </Panel>
  );
}
