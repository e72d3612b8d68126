//! Words from which believable people, shared mailboxes and rooms are made.

pub(crate) const GIVEN_NAMES: [&str; 96] = [
    "Adele", "Ahmed", "Aiko", "Alejandra", "Amara", "Amir", "Ana", "Andrei", "Anna", "Anton", "Aoife", "Arjun",
    "Astrid", "Ayşe", "Beatriz", "Benoît", "Bjarne", "Camille", "Carlos", "Chiara", "Chloe", "Daniel", "Dariusz",
    "David", "Deepa", "Diego", "Dmitri", "Elena", "Elif", "Emeka", "Emma", "Erik", "Esther", "Fatima", "Felix",
    "Fiona", "François", "Gabriel", "Georgia", "Giulia", "Grace", "Hana", "Hannah", "Hassan", "Helena", "Henrik",
    "Hiroshi", "Ida", "Imani", "Irina", "Isabel", "Ivan", "Jakub", "James", "Joana", "Johan", "Jorge", "Julia",
    "Kamal", "Karin", "Katarzyna", "Kenji", "Kwame", "Laila", "Lars", "Laura", "Leila", "Liam", "Linh", "Lucas",
    "Lucía", "Magnus", "Marek", "Maria", "Marta", "Mateo", "Maya", "Mikael", "Miriam", "Mohammed", "Nadia", "Naomi",
    "Nikolai", "Noah", "Olga", "Omar", "Oscar", "Paula", "Rafael", "Rania", "Robert", "Rosa", "Samuel", "Sanjay",
    "Sofia", "Zoe",
];

pub(crate) const SURNAMES: [&str; 128] = [
    "Abebe", "Adeyemi", "Ahmadi", "Alvarez", "Andersson", "Antonov", "Aoki", "Bakker", "Banerjee", "Bauer", "Becker",
    "Bergström", "Bianchi", "Björk", "Blanc", "Boateng", "Brandt", "Brown", "Byrne", "Campbell", "Carvalho", "Castillo",
    "Chen", "Clarke", "Costa", "Cruz", "Da Silva", "Das", "Davies", "De Vries", "Diaz", "Dimitrov", "Dubois", "Duarte",
    "Eriksen", "Evans", "Fernández", "Ferrari", "Fontaine", "Fuchs", "Gallagher", "García", "Gill", "Gomez", "Gonzalez",
    "Graf", "Greco", "Gupta", "Haddad", "Hansen", "Harris", "Hartmann", "Hassan", "Hernandez", "Hoffmann", "Horvat",
    "Huang", "Hughes", "Ibrahim", "Ito", "Ivanova", "Jackson", "Jansen", "Jensen", "Johansson", "Jones", "Kamau",
    "Kaplan", "Kaur", "Keller", "Kim", "King", "Kovač", "Kowalska", "Kumar", "Larsen", "Laurent", "Lee", "Lehmann",
    "Lopez", "Lund", "Malik", "Marino", "Martin", "Mbeki", "Mendoza", "Meyer", "Moreau", "Moreno", "Müller", "Murphy",
    "Nakamura", "Nguyen", "Nielsen", "Novák", "O'Connor", "O'Neill", "Okonkwo", "Olsen", "Osei", "Papadopoulos",
    "Park", "Patel", "Pereira", "Petrov", "Popescu", "Quinn", "Rahman", "Ramos", "Ricci", "Rojas", "Rossi", "Ruiz",
    "Saito", "Santos", "Schmidt", "Sharma", "Silva", "Singh", "Smith", "Sørensen", "Suzuki", "Tanaka", "Taylor",
    "Tran", "Turner", "Weber", "Wójcik",
];

pub(crate) const TEAMS: [&str; 40] = [
    "Accounts Payable", "Accounts Receivable", "Archive", "Bookings", "Campaigns", "Careers", "Claims", "Complaints",
    "Compliance", "Contracts", "Customer Care", "Customs", "Deliveries", "Events", "Expenses", "Facilities", "Feedback",
    "Fleet", "Front Desk", "Insurance", "Invoices", "Legal", "Logistics", "Maintenance", "Marketing", "Newsletter",
    "Onboarding", "Partners", "Payroll", "Press", "Procurement", "Quality", "Quotes", "Reception", "Returns", "Safety",
    "Service Desk", "Suppliers", "Training", "Warranty",
];

pub(crate) const SITES: [&str; 24] = [
    "Aarhus", "Amsterdam", "Athens", "Barcelona", "Berlin", "Bristol", "Chicago", "Dublin", "Gdansk", "Hamburg",
    "Helsinki", "Lisbon", "London", "Lyon", "Madrid", "Milan", "Mumbai", "Nairobi", "Oslo", "Porto", "Prague", "Seattle",
    "Vienna", "Zurich",
];

pub(crate) const DEPARTMENTS: [&str; 12] = [
    "Customer Care", "Engineering", "Facilities", "Finance", "Human Resources", "Information Technology", "Legal",
    "Logistics", "Marketing", "Operations", "Procurement", "Sales",
];

pub(crate) const DIVISIONS: [&str; 4] = ["Retail", "Wholesale", "Marine", "Group"];

/// A name as it stands in an address: plain letters, joined by dots.
pub(crate) fn address_part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' | '-' => part.push(character),
            ' ' | '.' if !part.ends_with('.') => part.push('.'),
            'ä' | 'á' | 'ã' | 'å' => part.push('a'),
            'č' | 'ç' => part.push('c'),
            'é' | 'è' => part.push('e'),
            'í' | 'î' | 'ı' => part.push('i'),
            'ö' | 'ó' | 'ø' | 'ô' => part.push('o'),
            'ş' => part.push('s'),
            'ü' | 'ú' => part.push('u'),
            _ => {}
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_gives_an_address() {
        for name in GIVEN_NAMES.iter().chain(&SURNAMES).chain(&TEAMS).chain(&SITES) {
            let part = address_part(name);
            assert!(!part.is_empty() && part.is_ascii(), "{name}");
        }
        assert_eq!(address_part("Zoë O'Neill Björk"), "zo.oneill.bjork");
    }

    #[test]
    fn names_differ() {
        for list in [&GIVEN_NAMES[..], &SURNAMES, &TEAMS, &SITES] {
            let mut parts: Vec<String> = list.iter().map(|name| address_part(name)).collect();
            parts.sort();
            parts.dedup();
            assert_eq!(parts.len(), list.len());
        }
    }
}
