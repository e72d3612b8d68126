# What was typed that is no id of an app.

client-id-none = Type or paste the application (client) id
client-id-of-something-else = That is the id of something else; the application (client) id stands on the app's overview
client-id-only-zeros = That id holds only zeros; the real one stands on the app's overview in Entra
client-id-only-a-part = That is only a part of an id; it has 36 characters with its four hyphens
client-id-no-id = That isn't an application (client) id; it looks like 1b2c3d4e-0000-4000-8000-1a2b3c4d5e6f
client-id-several = That holds several ids; paste only the application (client) id
client-id-not-chosen = Choose which app signs you in
