-- Addresses within networks: of another column, whichever of the two has to be unique, of a constant, of either family.
CREATE TABLE hosts (id int PRIMARY KEY, network cidr NOT NULL, address inet NOT NULL, CHECK (address << network));
CREATE TABLE unique_hosts (id int PRIMARY KEY, network inet NOT NULL, address inet NOT NULL UNIQUE, CHECK (network >>= address));
CREATE TABLE unique_networks (network cidr PRIMARY KEY, gateway inet, CHECK (gateway << network AND masklen(network) = 28));
CREATE TABLE both_unique (network cidr NOT NULL UNIQUE, gateway inet NOT NULL UNIQUE, CHECK (gateway << network));
CREATE TABLE masked (
    network cidr NOT NULL CHECK (masklen(network) = 26),
    address inet NOT NULL CHECK (masklen(address) = 32),
    CHECK (address << network)
);
CREATE TABLE subnets (
    id int PRIMARY KEY,
    parent cidr NOT NULL,
    subnet cidr NOT NULL,
    gateway inet,
    CONSTRAINT nested CHECK (subnet << parent AND gateway << subnet)
);
CREATE TABLE optional (id int PRIMARY KEY, network cidr, address inet NOT NULL, CHECK (address <<= network));
CREATE DOMAIN host AS inet CHECK (VALUE << '10.20.0.0/16');
CREATE TABLE ours (address host PRIMARY KEY, other inet CHECK (other <<= '172.16.0.0/24'), part cidr CHECK (part << '10.0.0.0/8'));
CREATE TABLE newer (
    address inet NOT NULL CHECK (family(address) = 6),
    network cidr NOT NULL CHECK (family(network) = 6),
    CHECK (address << network)
);
-- networks of another table, which the addresses that have to lie in them ask to be wide enough
CREATE TABLE networks (network cidr PRIMARY KEY, name text);
CREATE TABLE leases (address inet PRIMARY KEY, network cidr NOT NULL REFERENCES networks, CHECK (address << network));
CREATE TABLE gateways (id int PRIMARY KEY, network cidr REFERENCES networks, gateway inet NOT NULL, CHECK (network >>= gateway));
CREATE TABLE sites (id int PRIMARY KEY, range inet NOT NULL, UNIQUE (id, range));
CREATE TABLE devices (
    id int PRIMARY KEY,
    site_id int NOT NULL,
    range inet NOT NULL,
    ip inet,
    FOREIGN KEY (site_id, range) REFERENCES sites (id, range),
    CHECK (range >> ip)
);
-- several addresses in one network, and networks within networks the other way round
CREATE TABLE pools (
    gateway inet NOT NULL UNIQUE,
    low inet NOT NULL,
    high inet NOT NULL,
    network cidr NOT NULL,
    CHECK (low << network AND high << network AND low < high),
    CHECK (network >> gateway)
);
CREATE TABLE levels (a cidr NOT NULL, b cidr NOT NULL, c cidr NOT NULL, CHECK (c << b AND b << a));
