/** Given names of many countries, as people write them themselves. Their ASCII forms are all different. */
export const firstNames: readonly string[] = `
Aaliyah Abdullah Abigail Adaeze Adrián Agnieszka Ahmed Aino Aisha Akira Alejandro Aleksandra Alessia Alexander
Alice Alima Amara Amélie Amina Amir Ana Anastasia Andrzej Aneta Anh Anjali Anna Antonio Anwar Aoife Arjun Armin
Arturo Astrid Ayşe Aylin Beatriz Ben Bianca Bilal Birgit Björn Błażej Bogdan Brigid Bruno Camila Carlos Carmen
Caroline Catarina Cécile Chidi Chloé Christina Ciarán Claire Clara Claudia Cormac Cristina Daniela Daria David
Deepa Deniz Diana Diego Dimitri Divya Dmytro Dominik Dorota Edith Eero Eilidh Elena Eleni Elif Elijah Elise
Emeka Emil Emily Emma Enrique Erik Esra Esther Etienne Eva Ewa Fatima Fatou Felipe Felix Femi Fernanda Filip
Finn Fiona Florence Francesca François Freya Gabriel Gabriela Gareth Georgia Gianluca Giorgos Giulia Grace
Grzegorz Guillaume Gustavo Hadiza Halima Hana Hannah Hans Harriet Haruto Hassan Heidi Helena Henrik Hiroshi
Hugo Ibrahim Ifeoma Ilse Ines Ingrid Ioana Irina Isabel Isla Ivan Ivana Jakub James Jana Jasmin Jelena Jens
Jessica Joana João Jonas Jorge José Joseph Josefine Juan Judith Julia Julien Jürgen Kamal Karim Karin Karolina
Katarzyna Katrin Kavita Keiko Kenji Khadija Kieran Kim Klara Kofi Kristina Kwame Lars Laszlo Latoya Laura Leila
Lena Leo Leticia Liam Lin Linnea Lorenzo Louise Lucas Lucía Luis Lukáš Maartje Madeleine Magda Maja Malik Manuel
Marek Margot Maria Marie Mariusz Marta Martin Mateo Mathilde Matteo Maya Megan Mehmet Mei Melissa Miguel Mihai
Mika Milan Milena Mina Miriam Mohammed Moira Mónica Morten Nadia Naomi Natalia Neha Niamh Nicolas Nikolai Nils
Nina Noah Nora Obinna Océane Odile Olga Oliver Olivia Omar Oskar Özlem Pablo Paola Patrick Paulina Pedro Peter
Petra Philipp Pieter Piotr Priya Rachel Rafael Rahul Ravi Rebecca Renata René Ricardo Riya Robert Roberta
Rosa Roxana Ruth Ryan Sabine Said Salma Samuel Sandra Sanjay Sara Sébastien Selim Sergio Shanice Shreya Sigrid
Simon Simone Siobhán Sofia Søren Stefan Stella Sunita Susanne Svetlana Takumi Tamara Tanja Tariq Tatiana Teresa
Thabo Theo Thomas Tiago Tomás Tove Ulrike Valentina Vanessa Vera Veronika Victor Vikram Viktoria Vincent Wanjiru
William Wojciech Xavier Yara Yasmin Yuki Yusuf Zainab Zoé Zofia Zsófia
`
  .trim()
  .split(/\s+/);

/** Family names of many countries; an underscore stands for a space. Their ASCII forms are all different. */
export const lastNames: readonly string[] = `
Abara Abbott Abe Acosta Adams Adebayo Adeyemi Aguilar Ahlström Ahmad Aksoy Akhtar Albrecht Ali Allen Almeida
Alonso Álvarez Amadi Andersen Anderson Andersson Antonov Arslan Asante Aydın Bailey Bakker Balogun Banerjee
Barbieri Barnes Baumann Becker Bell Benali Bennett Berg Bergmann Bernard Bhatt Bianchi Björk Blanc Boateng
Bondarenko Borg Bouchard Boyle Brady Brandt Braun Brennan Brooks Brown Bruno Burke Byrne Cabrera Campbell Carlsson
Caruso Carvalho Castillo Çelik Chan Chandra Chávez Chen Chevalier Choi Christensen Clark Clarke Cohen Colombo
Conti Cooper Costa Coulibaly Cruz Da_Silva Dahl Dalgaard Danso Das De_Jong De_Luca De_Vries Demir Desai Diallo Dias
Diaz Dimitrov Diop Doherty Dubois Dufour Dumitrescu Dunne Dupont Duran Edwards Ekström Eriksen Eriksson Eze
Fabre Farah Faure Fernandes Ferrari Ferreira Fischer Fitzgerald Flynn Fontaine Forsberg Foster Fournier Franco Frank
Friedrich Fuchs Fujimoto Gallagher Gallo García Gauthier Georgiou Ghosh Giordano Girard Gómez González Graf
Graham Greco Griffin Grönlund Guerra Gunnarsson Gupta Gutiérrez Haas Hall Hamid Hansen Harris Hartmann Hashimoto
Haugen Hayes Heikkinen Henry Hernández Hoffmann Holm Horvat Horváth Hossain Huang Huber Hughes Hussain Ibáñez Ibe
Igwe Iversen Ivanov Jackson Jain Jansen Janssen Jensen Jiménez Johansen Johansson Johnson Jones Jovanović Kaiser
Kamara Kaplan Kapoor Karlsson Kaur Kaya Keller Kelly Khan Kim King Klein Kobayashi Koch Kowalczyk Kowalski Kozłowski
Krause Krüger Kumar Kuznetsov Laine Lambert Lang Larsen Larsson Laurent Le_Roux Leclerc Lee Lefebvre Lehmann Leone
Lewandowski Lewis Li Lindberg Lindqvist Lombardi López Lopes Ludwig Lund Lynch Maes Mäkinen Malik Mancini Marchetti
Marino Markovic Marques Martens Martin Martínez Masood Matsuda Mayer Mazur McCarthy Meier Mendes Mendoza Mensah
Mercier Meyer Michel Mikkelsen Miller Mishra Mitchell Mohamed Molina Möller Moore Morales Moreau Moreno Moretti
Morgan Mori Morris Mukherjee Müller Muñoz Murray Mwangi Nagy Nair Nakamura Navarro Ncube Nel Nguyen Nielsen Nikolaidis
Nilsson Novák Nowak Nwosu Nyström Öberg Ochieng O'Brien O'Connor Odhiambo Ogawa Okafor Okeke Oliveira O'Neill
Ortega Ortiz Osman Owusu Øvergård Özdemir Palmer Papadopoulos Park Parker Patel Pavlov Pedersen Peeters Pellegrini
Pereira Pérez Perrin Petersen Petrov Pham Phillips Pinto Popescu Popović Powell Price Qureshi Quinn Rahman Ramírez
Ramos Rao Rasmussen Reddy Reid Reyes Ricci Richter Rinaldi Rivera Roberts Robinson Rocha Rodrigues Romano Romero Rossi
Rousseau Roux Roy Ruiz Russo Ryan Sáez Sahin Saito Salazar Sánchez Sandberg Santos Sato Schäfer Schmidt Schneider
Schröder Schubert Schulz Schwarz Serrano Shah Sharma Shevchenko Silva Simmons Singh Sjöberg Soares Sokolov Solberg
Sommer Sørensen Sousa Stein Stewart Strand Suárez Suzuki Svensson Szabó Takahashi Tanaka Taylor Teixeira Thapa
Thomsen Thomson Toivonen Torres Tóth Tran Turner Ueda Van_den_Berg Van_der_Meer Van_Dijk Varga Vargas Vasquez Vega
Verhoeven Verma Vidal Villanueva Virtanen Visser Vogel Volkov Wagner Walker Wallin Walsh Wang Ward Watanabe Weber
Weiss White Williams Wilson Winkler Wiśniewski Wójcik Wolf Wong Wood Wright Yadav Yamamoto Yang Yılmaz Young Zając
Zhang Zieliński Zimmermann
`
  .trim()
  .split(/\s+/)
  .map((name) => name.replaceAll("_", " "));

/** What small companies of the demo do; with a family name they make a domain such as keller-couriers.example. */
export const trades: readonly string[] = `
bakery books brewing ceramics chemicals clinic coffee couriers cycles electronics farms flowers foods freight furniture
gardens glass imports instruments lighting marine metals motors optics outdoor packaging paper pharmacy plastics print
seafood shoes solar spares steel stone textiles tiles timber tools toys vineyards
`
  .trim()
  .split(/\s+/);

/** Letters that no accent can be taken off. */
const singleLetters: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  ß: "ss",
  æ: "ae",
  đ: "d",
  ı: "i",
  ð: "d",
};

/** A name with the letters of ASCII alone: accents dropped, case kept. */
export function writeInAscii(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/\P{ASCII}/gu, (letter) => {
      const plain = singleLetters[letter.toLowerCase()] ?? "";
      return letter === letter.toLowerCase() ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
    });
}

/** A name as it stands in an address: lower case letters of ASCII alone. */
export function writeForAddress(name: string): string {
  return writeInAscii(name)
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
