import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatNumberOf } from "../../../shared/number-format.ts";
import { useOrganization } from "../../../shared/viewer.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { listNames } from "../../../ui/page-states.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { TimeText } from "../../../ui/time-text.tsx";
import links from "../../../ui/text-link.module.css";
import { ConfirmAddressDialog, MakeUniqueDialog } from "./bot-dialogs.tsx";
import type { FlaggedBotFragment, ProductPageQuery } from "./product.generated.ts";
import classes from "./product.module.css";

type Product = NonNullable<ProductPageQuery["product"]>;

/** Bots with a password whose address other products know, too: what is wrong, and the three ways out of it. */
export function FlaggedBots(props: { product: Product; onChanged: () => void }) {
  const { product } = props;
  const { viewerCanAdminister } = useOrganization();
  const bots = product.flagged?.edges.map(({ node }) => node) ?? [];
  const rest = (product.userCounts?.flagged ?? 0) - bots.length;
  return (
    <Panel
      title={`${formatNumberOf(product.userCounts?.flagged ?? 0, "bot")} to look at`}
      description="They sign in with a password, and their address has logins on more than one product, so nobody can tell whose it is. Give each an address of its own, or have somebody confirm the one it has."
      flush
    >
      <ul className={classes.bots}>
        {bots.map((bot) => (
          <FlaggedBot key={bot.id} bot={bot} product={product} onChanged={props.onChanged} />
        ))}
      </ul>
      {rest > 0 && (
        <p className={`muted ${classes.note}`}>
          And {formatNumberOf(rest, "more bot")}.{" "}
          <Link
            className={links.link}
            to="/organization/products/$id"
            params={{ id: product.id }}
            search={{ flagged: true }}
            hash="users"
          >
            List them all
          </Link>
        </p>
      )}
      <p className={`muted ${classes.note}`}>
        A bot that needs no address: a{" "}
        {viewerCanAdminister ? (
          <Link className={links.link} to="/organization/service-accounts">
            service account with an API token
          </Link>
        ) : (
          "service account with an API token, which an organization admin makes"
        )}
        .
      </p>
    </Panel>
  );
}

function FlaggedBot(props: { bot: FlaggedBotFragment; product: Product; onChanged: () => void }) {
  const { bot, product } = props;
  const [open, setOpen] = useState<"unique" | "confirm" | null>(null);
  const done = () => {
    setOpen(null);
    props.onChanged();
  };
  const name = bot.name || bot.loginName || bot.email;
  return (
    <li>
      <div className={classes.bot}>
        <div className={classes.botText}>
          <strong>{name}</strong>
          <span className="muted">
            {bot.email}
            {bot.loginName && `, login ${bot.loginName}`}
          </span>
          {bot.flag && (
            <span>
              Also on {listNames(bot.flag.products, "and")}
              {!bot.active && ". Not active"}
            </span>
          )}
        </div>
        {product.viewerCanManageUsers && (
          <div className={classes.botActions}>
            <Button
              size="xs"
              variant="default"
              aria-label={`Make unique: the address of ${name}`}
              onClick={() => setOpen("unique")}
            >
              Make unique…
            </Button>
            <Button
              size="xs"
              variant="default"
              aria-label={`${bot.waitingLink ? "Send again" : "Confirm"}: the address of ${name}`}
              onClick={() => setOpen("confirm")}
            >
              {bot.waitingLink ? "Send again…" : "Confirm…"}
            </Button>
          </div>
        )}
      </div>
      {bot.waitingLink && (
        <Notice tone="info" live title={`Mail to ${bot.waitingLink.email} waits to be answered`}>
          Its link works until <TimeText value={bot.waitingLink.expiresAt} />. This page changes by itself.
        </Notice>
      )}
      {open === "unique" && (
        <MakeUniqueDialog bot={bot} productName={product.name} onClose={() => setOpen(null)} onDone={done} />
      )}
      {open === "confirm" && <ConfirmAddressDialog bot={bot} onClose={() => setOpen(null)} onDone={done} />}
    </li>
  );
}
