"""azure-identity and msgraph-sdk: Microsoft's own libraries for Graph in Python."""

import asyncio
import ssl

import httpx
from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.applications.item.add_password.add_password_post_request_body import AddPasswordPostRequestBody
from msgraph.generated.models.app_role_assignment import AppRoleAssignment
from msgraph.generated.models.application import Application
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.password_credential import PasswordCredential
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.models.service_principal import ServicePrincipal
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core import GraphClientFactory

from practice import PRACTICE, ROUND, check, expect, finish

MAIL_READ = "810c84a8-4a9e-49e6-bf7d-12d183f40d01"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"


async def until_found(what):
    """A new object is not found for a moment, as in Entra itself: 404, or 400 where it is only referred to."""
    for _ in range(60):
        try:
            return await what()
        except APIError as problem:
            if problem.response_status_code not in (400, 404):
                raise
            await asyncio.sleep(0.5)
    raise AssertionError("it never appeared")


async def main():
    credential = ClientSecretCredential(
        PRACTICE["tenant_id"],
        PRACTICE["client_id"],
        PRACTICE["client_secret"],
        authority=PRACTICE["origin"],
        disable_instance_discovery=True,
    )
    trust = ssl.create_default_context(cafile=PRACTICE["root_certificate"])
    http = GraphClientFactory.create_with_default_middleware(client=httpx.AsyncClient(verify=trust, timeout=30))
    provider = AzureIdentityAuthenticationProvider(
        credential, scopes=["https://graph.microsoft.com/.default"], allowed_hosts=["localhost"]
    )
    adapter = GraphRequestAdapter(provider, http)
    adapter.base_url = PRACTICE["graph"]
    client = GraphServiceClient(request_adapter=adapter)
    parameters = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters

    with check("azure-identity and msgraph-sdk: the organisation"):
        organization = (await client.organization.get()).value[0]
        expect(organization.id == PRACTICE["tenant_id"], organization.id)
        expect(any(domain.is_initial for domain in organization.verified_domains), "no initial domain")

    with check("msgraph-sdk: users by page, filter, search and count"):
        page = await client.users.get(RequestConfiguration(query_parameters=parameters(top=50, select=["id", "mail"])))
        expect(len(page.value) == 50 and page.odata_next_link, page)
        second = await client.users.with_url(page.odata_next_link).get()
        expect(second.value and second.value[0].id not in {user.id for user in page.value}, "the page came twice")
        one = await client.users.get(
            RequestConfiguration(query_parameters=parameters(filter="mail eq 'support@contoso.example'"))
        )
        expect(len(one.value) == 1, one)
        configuration = RequestConfiguration(
            query_parameters=parameters(search='"displayName:support"', count=True, orderby=["displayName"])
        )
        configuration.headers.add("ConsistencyLevel", "eventual")
        found = await client.users.get(configuration)
        expect(found.odata_count and found.value, found)

    with check("msgraph-sdk: register an application, give it a secret and a permission, delete it"):
        made = await client.applications.post(
            Application(display_name="msgraph suite " + ROUND, sign_in_audience="AzureADMyOrg")
        )
        principal = await until_found(lambda: client.service_principals.post(ServicePrincipal(app_id=made.app_id)))
        secret = await until_found(
            lambda: client.applications.by_application_id(made.id).add_password.post(
                AddPasswordPostRequestBody(password_credential=PasswordCredential(display_name="suite"))
            )
        )
        expect(secret.secret_text and secret.secret_text.startswith(secret.hint), "no secret")
        graph_principal = await client.service_principals_with_app_id(GRAPH_APP).get()
        granted = await until_found(
            lambda: client.service_principals.by_service_principal_id(principal.id).app_role_assignments.post(
                AppRoleAssignment(principal_id=principal.id, resource_id=graph_principal.id, app_role_id=MAIL_READ)
            )
        )
        expect(granted.principal_display_name == "msgraph suite " + ROUND, granted)
        listed = await client.service_principals.by_service_principal_id(principal.id).app_role_assignments.get()
        expect(len(listed.value) == 1, listed)
        await client.applications.by_application_id(made.id).delete()
        try:
            await client.applications.by_application_id(made.id).get()
            raise AssertionError("it is still there")
        except APIError as problem:
            expect(problem.response_status_code == 404, problem)

    with check("msgraph-sdk: read, draft, send and delete mail"):
        support = client.users.by_user_id("support@contoso.example")
        inbox = await support.mail_folders.by_mail_folder_id("inbox").get()
        expect(inbox.display_name == "Inbox" and inbox.total_item_count > 0, inbox)
        messages = await support.messages.get()
        expect(messages.value[0].subject and messages.value[0].body.content, messages.value[0])
        draft = await support.messages.post(Message(subject="draft " + ROUND))
        expect(draft.is_draft, draft)
        await support.messages.by_message_id(draft.id).delete()
        await support.send_mail.post(
            SendMailPostRequestBody(
                message=Message(
                    subject="sdk " + ROUND,
                    body=ItemBody(content_type=BodyType.Text, content="Sent by msgraph-sdk."),
                    to_recipients=[Recipient(email_address=EmailAddress(address="billing@contoso.example"))],
                ),
                save_to_sent_items=True,
            )
        )
        settings = await support.mailbox_settings.get()
        expect(settings.user_purpose and settings.user_purpose.value == "shared", settings)

    with check("msgraph-sdk: an unknown mailbox is ErrorInvalidUser"):
        try:
            await client.users.by_user_id("nobody@contoso.example").messages.get()
            raise AssertionError("nobody has mail")
        except APIError as problem:
            expect(problem.response_status_code == 404 and problem.error.code == "ErrorInvalidUser", problem)

    with check("msgraph-sdk: groups"):
        groups = await client.groups.get()
        expect(groups.value, groups)

    await credential.close()


asyncio.run(main())
finish()
