CREATE TABLE "closed_days" (
	"day" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
