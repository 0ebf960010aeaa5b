CREATE TABLE "broadcast_installs" (
	"broadcast_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"object_id" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "broadcast_installs_broadcast_id_tenant_id_object_id_pk" PRIMARY KEY("broadcast_id","tenant_id","object_id")
);
--> statement-breakpoint
ALTER TABLE "broadcast_installs" ADD CONSTRAINT "broadcast_installs_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;