-- Keys of several columns, keys out of place, one row for one row.
CREATE TABLE public.tenants (id uuid DEFAULT gen_random_uuid() NOT NULL, name text NOT NULL, CONSTRAINT named CHECK ((char_length(name) >= 2)));
CREATE TABLE public.sites (
    tenant_id uuid NOT NULL,
    code character varying(8) NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    opened timestamp with time zone DEFAULT now(),
    size integer,
    CONSTRAINT sites_size_check CHECK (((size >= 1) AND (size <= 500))),
    CONSTRAINT sites_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
CREATE TABLE public.visits (
    id bigint NOT NULL,
    tenant_id uuid NOT NULL,
    site_code character varying(8) NOT NULL,
    starts_at timestamp without time zone NOT NULL,
    ends_at timestamp without time zone,
    CONSTRAINT visits_check CHECK ((ends_at > starts_at))
);
CREATE TABLE public.tenant_settings (tenant_id uuid NOT NULL, theme text DEFAULT 'light'::text);
COPY public.tenants (id, name) FROM stdin;
1	CREATE TABLE no
\.
ALTER TABLE ONLY public.tenants ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sites ADD CONSTRAINT sites_pkey PRIMARY KEY (tenant_id, code);
ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tenant_settings ADD CONSTRAINT tenant_settings_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.sites ADD CONSTRAINT sites_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_site FOREIGN KEY (tenant_id, site_code) REFERENCES public.sites(tenant_id, code);
ALTER TABLE ONLY public.tenant_settings ADD CONSTRAINT settings_tenant FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
COMMENT ON COLUMN public.sites.code IS 'what the sign says';
