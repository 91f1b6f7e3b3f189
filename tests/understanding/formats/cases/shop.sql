CREATE TYPE order_status AS ENUM ('pending', 'paid', 'shipped');
CREATE TABLE users (
  id SERIAL PRIMARY KEY,
  email VARCHAR(255) NOT NULL UNIQUE, -- how to reach them
  password_hash TEXT NOT NULL,
  full_name VARCHAR(120) NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE TABLE categories (id SERIAL PRIMARY KEY, name VARCHAR(60) NOT NULL UNIQUE, parent_id INT REFERENCES categories(id));
CREATE TABLE products (
  id SERIAL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  description TEXT,
  price NUMERIC(10,2) NOT NULL CHECK (price >= 0),
  stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
  size TEXT CHECK (size IN ('S','M','L')),
  sale_price NUMERIC(10,2),
  category_id INTEGER NOT NULL REFERENCES categories(id) ON DELETE RESTRICT,
  UNIQUE (name, category_id),
  CHECK (sale_price < price)
);
CREATE TABLE tags (id SERIAL PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE product_tags (product_id INT REFERENCES products ON DELETE CASCADE, tag_id INT REFERENCES tags ON DELETE CASCADE, PRIMARY KEY (product_id, tag_id));
CREATE TABLE orders (id uuid DEFAULT gen_random_uuid() PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), status order_status NOT NULL DEFAULT 'pending', placed_at timestamptz not null default now());
CREATE TABLE order_items (order_id uuid REFERENCES orders(id) ON DELETE CASCADE, product_id INT REFERENCES products(id), quantity INT NOT NULL CHECK (quantity > 0), PRIMARY KEY (order_id, product_id));
CREATE INDEX i ON orders (user_id);
CREATE TRIGGER t AFTER INSERT ON orders EXECUTE FUNCTION f();
CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql;
COMMENT ON TABLE orders IS 'What customers bought';
