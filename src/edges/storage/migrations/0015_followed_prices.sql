ALTER TABLE "catalogue_subscriptions" ADD COLUMN "prices_only" boolean DEFAULT false NOT NULL;
